import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../results/html-report.ts';
import { HOSTILE_TEXTS, sampleDocument } from '../../testing/documents.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { contrastsOf } from './contrast.ts';
import { withPageFromDisk, withPageFromJenkins } from './opened-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

const report = htmlReport(sampleDocument());
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 400, height: 800 } };

const overflowOf = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
/** An expression about `e`, the first element of a selector: a text, because a page's types are not those of Node. */
const read = (page: Page, selector: string, expression: string) =>
  page.evaluate<unknown>(`((e) => ${expression})(document.querySelector(${JSON.stringify(selector)}))`);
const styleOf = (page: Page, selector: string, property: string) =>
  read(page, selector, `getComputedStyle(e).${property}`);
const textsOf = (page: Page, selector: string) => page.locator(selector).allTextContents();

it('a report opened from disk shows all of itself, asks for nothing and complains of nothing', async () => {
  await withPageFromDisk(browser, report, DESKTOP, async ({ page, complaints, requests, address }) => {
    expect(await page.title()).toBe('LOAD-CONCURRENT-001: sustained');
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(await page.locator('figure svg[role=img]').count()).toBe(3);
    for (const figure of await page.locator('figure svg').all()) {
      const box = await figure.boundingBox();
      expect(box?.width).toBeGreaterThan(350);
      expect(box?.height).toBeGreaterThan(100);
    }
    expect(requests).toEqual([address]);
    expect(complaints).toEqual([]);
  });
});

it('the list of contents leads to its sections', async () => {
  await withPageFromDisk(browser, report, DESKTOP, async ({ page }) => {
    await page.getByRole('navigation').getByRole('link', { name: 'Thresholds' }).click();
    expect(new URL(page.url()).hash).toBe('#thresholds');
    await expect.poll(() => read(page, '#thresholds', 'e.getBoundingClientRect().top < innerHeight')).toBe(true);
  });
});

describe.each([
  ['a phone', PHONE],
  ['a tablet', { viewport: { width: 820, height: 1100 } }],
  ['a desktop', DESKTOP],
])('on %s', (_name, size) => {
  it.each([
    ['the report', report],
    ['a report of very long words', htmlReport(sampleDocument(` ${'x'.repeat(300)}`))],
  ])('%s is not wider than the screen', async (_kind, html) => {
    await withPageFromDisk(browser, html, size, async ({ page, complaints }) => {
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    });
  });
});

it('on a phone a wide table scrolls in a region of its own that keys reach', async () => {
  await withPageFromDisk(browser, report, PHONE, async ({ page }) => {
    const region = page.getByRole('region', { name: 'Latency of each endpoint' });
    const selector = '[role=region]:has(> table.wide)';
    expect(await read(page, selector, 'e.scrollWidth > e.clientWidth')).toBe(true);
    await region.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => read(page, selector, 'e.scrollLeft')).toBeGreaterThan(0);
  });
});

describe('text from outside', () => {
  it.each(Object.entries(HOSTILE_TEXTS))('with %s stays text', async (_name, text) => {
    await withPageFromDisk(browser, htmlReport(sampleDocument(text)), DESKTOP, async (opened) => {
      const { page, complaints, requests, address } = opened;
      expect(await page.locator('img, iframe, object, embed, form, body script:not(:last-child), b').count()).toBe(0);
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('style').count()).toBe(1);
      expect(
        await page.locator('a:not([href^="#"]):not([href^="https://example.org/"]):not([href="summary.json"])').count(),
      ).toBe(0);
      expect(await page.locator('tbody tr').count()).toBe(17);
      expect(requests).toEqual([address]);
      expect(complaints).toEqual([]);
    });
  });
});

describe('a table', () => {
  const rows = 'table.wide tbody tr';
  const p95 = 'table.wide thead th:nth-child(4)';
  const p95s = `${rows} td:nth-child(4)`;
  const trimmed = async (page: Page) => (await textsOf(page, p95s)).map((text) => text.trim());
  const asReported = ['94 ms', '305 ms', '–', '727 ms', '938 ms', '1,149 ms'];
  const rising = ['94 ms', '305 ms', '727 ms', '938 ms', '1,149 ms', '–'];
  const falling = ['1,149 ms', '938 ms', '727 ms', '305 ms', '94 ms', '–'];

  it('is sorted by a click: up, down and as it was, what is missing always last', async () => {
    await withPageFromDisk(browser, report, DESKTOP, async ({ page, complaints }) => {
      const button = page.locator(`${p95} button`);
      const order = () => page.locator(p95).getAttribute('aria-sort');
      expect([await trimmed(page), await order()]).toEqual([asReported, 'none']);
      await button.click();
      expect([await trimmed(page), await order()]).toEqual([rising, 'ascending']);
      await button.click();
      expect([await trimmed(page), await order()]).toEqual([falling, 'descending']);
      await button.click();
      expect([await trimmed(page), await order()]).toEqual([asReported, 'none']);
      expect(complaints).toEqual([]);
    });
  });

  it('is sorted by keyboard, one column at a time', async () => {
    await withPageFromDisk(browser, report, DESKTOP, async ({ page }) => {
      await page.locator('table.wide thead th:nth-child(3) button').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      expect(await trimmed(page)).toEqual(rising);
      expect(await page.locator('table.wide th[aria-sort=ascending]').count()).toBe(1);
    });
  });

  it('keeps rows of the same value in their order, and sorts texts as texts', async () => {
    await withPageFromDisk(browser, report, DESKTOP, async ({ page }) => {
      const endpoints = () => textsOf(page, `${rows} > th`);
      const before = await endpoints();
      await page.locator('table.wide thead th:nth-child(8) button').click();
      const verdicts = (await textsOf(page, `${rows} td:nth-child(8)`)).map((text) => text.trim());
      expect(verdicts).toEqual(['fail', 'fail', 'fail', 'no data', 'pass', 'pass']);
      expect(await endpoints()).toEqual([3, 4, 5, 2, 0, 1].map((i) => before[i]));
      await page.locator('table.wide thead th:nth-child(1) button').click();
      expect(await endpoints()).toEqual([...before].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    });
  });
});

it('without scripts the report is whole, and its headers are plain', async () => {
  const options = { ...DESKTOP, javaScriptEnabled: false };
  await withPageFromDisk(browser, report, options, async ({ page }) => {
    expect(await page.locator('button').count()).toBe(0);
    expect(await page.locator('h2').count()).toBe(5);
    expect(await page.locator('table').count()).toBe(4);
    expect(await page.locator('figure svg').last().isVisible()).toBe(true);
  });
});

describe('where a server forbids style and script', () => {
  it('the report can be read, and its pictures have their colours', async () => {
    await withPageFromJenkins(browser, report, DESKTOP, async ({ page, complaints, requests, address }) => {
      expect(complaints.filter((each) => /^(uncaught|dialog)/.test(each))).toEqual([]);
      // The browser says that it blocks our style and our script, which is what the server asked for.
      for (const each of complaints) expect(each).toMatch(/Content Security Policy|sandboxed|Content-Security-Policy/);
      expect(requests).toEqual([address]);
      expect(await page.locator('button').count()).toBe(0);
      expect(await styleOf(page, 'body', 'fontFamily')).not.toContain('system-ui');
      for (const selector of ['h1', '.verdict strong', 'dd', 'table.wide tbody th', 'figure svg', 'pre']) {
        expect(await page.locator(selector).first().isVisible(), selector).toBe(true);
      }
      const stroke = await styleOf(page, 'figure svg path[stroke*="--chart-1,"]', 'stroke');
      expect(stroke).toBe('rgb(9, 105, 218)');
      const box = await page.locator('figure svg').first().boundingBox();
      expect(box?.width).toBe(360);
      expect(await styleOf(page, 'table.wide', 'borderTopWidth')).toBe('1px');
    });
  });

  it('a dark screen does not turn the page dark under pictures made for a light one', async () => {
    await withPageFromJenkins(browser, report, { ...DESKTOP, colorScheme: 'dark' }, async ({ page }) => {
      const text = 'figure text:not([fill*="chart-on"])';
      expect((await contrastsOf(page, [text]))[text]).toBeGreaterThan(4.5);
      expect(await styleOf(page, 'h1', 'color')).toBe('rgb(0, 0, 0)');
    });
  });
});

const READ = [
  'h1',
  'h2',
  'p',
  'a',
  'dt',
  'dd',
  'thead th',
  'thead th button',
  'tbody th',
  'td',
  '.verdict strong',
  '.tone.good',
  '.tone.bad',
  '.tone.caution',
  'figcaption',
  'figcaption strong',
  'figure text:not([fill*="chart-on"])',
  'pre code',
  'nav p',
];

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('all that is read has a contrast of 4.5', async () => {
    await withPageFromDisk(browser, report, { ...DESKTOP, colorScheme }, async ({ page }) => {
      const contrasts = await contrastsOf(page, READ);
      expect(Object.entries(contrasts).filter(([, contrast]) => contrast < 4.5)).toEqual([]);
    });
  });

  it.each(['good', 'bad', 'caution', 'plain'] as const)('so has a verdict that is %s', async (tone) => {
    const html = htmlReport({ title: 'T', blocks: [{ kind: 'verdict', tone, text: 'So it is.' }] });
    await withPageFromDisk(browser, html, { ...DESKTOP, colorScheme }, async ({ page }) => {
      expect((await contrastsOf(page, ['.verdict strong']))['.verdict strong']).toBeGreaterThanOrEqual(4.5);
    });
  });

  it('paper stays white', async () => {
    await withPageFromDisk(browser, report, { ...DESKTOP, colorScheme }, async ({ page }) => {
      await page.emulateMedia({ media: 'print', colorScheme });
      expect(await styleOf(page, 'body', 'backgroundColor')).toBe('rgb(255, 255, 255)');
      const dark = await page.evaluate(`[...document.querySelectorAll('body *')].filter((e) => {
        const [r, g, b, a = 1] = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
        return a > 0 && r + g + b < 600;
      }).length`);
      expect(dark).toBe(0);
      const contrasts = await contrastsOf(
        page,
        READ.filter((selector) => selector !== 'nav p'),
      );
      expect(Object.entries(contrasts).filter(([, contrast]) => contrast < 4.5)).toEqual([]);
    });
  });
});

describe('without a browser', () => {
  it('the tests fail and say what to install', () => {
    expect(() => findChromium({ PATH: '/nowhere' })).toThrow(/need Chromium.*apt-get install chromium.*CHROMIUM_BIN/);
    expect(() => findChromium({ CHROMIUM_BIN: '/nowhere/chromium' })).toThrow('CHROMIUM_BIN is /nowhere/chromium');
  });
});
