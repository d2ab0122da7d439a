import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { withPageFromDisk } from './opened-page.ts';
import { DESKTOP, htmlOf, PHONE } from './recorded-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

const unfold = (page: Page) => page.evaluate("for (const e of document.querySelectorAll('details')) e.open = true");

interface Letters {
  /** In pixels of the screen. */
  readonly smallest: number;
  readonly cut: readonly string[];
  readonly scrolling: readonly string[];
  readonly onEachOther: readonly string[];
}

/** Of all charts. A text, because the types of a page's own world are not those of Node. */
const LETTERS = `(() => {
  const found = { smallest: Infinity, cut: [], scrolling: [], onEachOther: [] };
  const shared = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
  for (const figure of document.querySelectorAll('figure')) {
    const svg = figure.querySelector('svg');
    const region = figure.querySelector('.scroll');
    const box = svg.getBoundingClientRect();
    if (region.scrollWidth > region.clientWidth + 1) found.scrolling.push(region.getAttribute('aria-label'));
    const texts = [...svg.querySelectorAll('text')].map((e) => ({ said: e.textContent, box: e.getBoundingClientRect(), size: parseFloat(getComputedStyle(e).fontSize) }));
    for (const { said, box: own, size } of texts) {
      found.smallest = Math.min(found.smallest, size * box.width / svg.viewBox.baseVal.width);
      if (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1) found.cut.push(said);
    }
    texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
      if (shared(a.box, b.box, 'left', 'right') > 1 && shared(a.box, b.box, 'top', 'bottom') > 3) found.onEachOther.push(a.said + ' / ' + b.said);
    }));
  }
  return found;
})()`;

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s, in the charts', (_what, size) => {
  it.each(['healthy', 'report-profile', 'bad-answers', 'breakpoint', '200-endpoints'])(
    'of the %s run letters have 11 pixels, none is cut, none stands on another, and nothing scrolls',
    async (name) => {
      await withPageFromDisk(browser, htmlOf(name), size, async ({ page }) => {
        await unfold(page);
        const { smallest, ...wrong } = await page.evaluate<Letters>(LETTERS);
        expect(wrong).toEqual({ cut: [], scrolling: [], onEachOther: [] });
        expect(smallest).toBeGreaterThanOrEqual(11);
      });
    },
  );
});

it('charts over time mark the start, each step and the end of the plan', async () => {
  await withPageFromDisk(browser, htmlOf('healthy'), { ...DESKTOP, javaScriptEnabled: false }, async ({ page }) => {
    const chart = page.getByRole('img', { name: /requests failed over the whole time/ });
    const texts = await chart.locator('text').allTextContents();
    expect(texts).toEqual(expect.arrayContaining(['start: 40 users', 'drain']));
  });
  await withPageFromDisk(browser, htmlOf('breakpoint'), DESKTOP, async ({ page }) => {
    const chart = page.getByRole('img', { name: /requests failed over the whole time/ });
    expect(await chart.locator('text').allTextContents()).toEqual(expect.arrayContaining(['start: 80/s', '102/s']));
  });
});

describe.each([true, false])('with scripts allowed: %s', (javaScriptEnabled) => {
  it('five endpoints are drawn at first, and a reader draws others and leaves some out', async () => {
    await withPageFromDisk(browser, htmlOf('200-endpoints'), { ...DESKTOP, javaScriptEnabled }, async ({ page }) => {
      const choice = page.locator('.choice').first();
      for (const fold of await page.locator('details:has(.choice) > summary').all()) await fold.click();
      // A level line has no height, which playwright takes for hidden.
      const drawn = () =>
        page.evaluate<number>(
          "new Set([...document.querySelector('.choice figure:last-of-type').querySelectorAll('[data-line]')].filter((e) => getComputedStyle(e).visibility === 'visible').map((e) => e.dataset.line)).size",
        );
      expect(await choice.locator('input').count()).toBe(10);
      expect(await choice.locator('input:checked').count()).toBe(5);
      expect(await drawn()).toBe(5);
      await choice.locator('input').nth(7).check();
      expect(await drawn()).toBe(6);
      await choice.locator('input').nth(0).uncheck();
      expect(await drawn()).toBe(5);
    });
  });
});
