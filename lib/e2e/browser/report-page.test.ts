import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../recorded-reports.ts';
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

const bottomOf = (page: Page, selector: string) =>
  page.evaluate<number>(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().bottom`);
const visibleRows = (page: Page, caption: string) =>
  page.locator('table', { has: page.locator('caption', { hasText: caption }) }).locator('tbody tr:not(.note):visible');

describe.each(Object.keys(RECORDED_REPORTS))('of the %s run', (name) => {
  it.each([
    ['a desktop', DESKTOP],
    ['a phone', PHONE],
  ])('the first screen of %s has verdict, decision, reasons and figures', async (_what, size) => {
    await withPageFromDisk(browser, htmlOf(name), size, async ({ page }) => {
      for (const part of ['.verdict', 'header > p:not(.verdict) strong', 'header > ul', '.tiles']) {
        expect(await page.locator(part).first().isVisible()).toBe(true);
        expect({ part, isOnIt: (await bottomOf(page, part)) <= FIRST_SCREEN }).toEqual({ part, isOnIt: true });
      }
    });
  });
});

/** The height of both. */
const FIRST_SCREEN = 800;

it.each([
  ['healthy', 3200],
  ['report-profile', 6400],
  ['everything-refused', 6400],
  ['load-concurrent-001', 6400],
  ['200-endpoints', 9000],
])('the report of the %s run is at most %i px high on a desktop, before anything is unfolded', async (name, most) => {
  await withPageFromDisk(browser, htmlOf(name), DESKTOP, async ({ page }) => {
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThanOrEqual(most);
  });
});

it('no open table of any report is wider than its place', async () => {
  for (const name of Object.keys(RECORDED_REPORTS)) {
    await withPageFromDisk(browser, htmlOf(name), DESKTOP, async ({ page }) => {
      const wide = await page.evaluate<string[]>(
        "[...document.querySelectorAll('.scroll:not(details .scroll)')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.getAttribute('aria-label'))",
      );
      expect({ name, wide }).toEqual({ name, wide: [] });
    });
  }
});

describe('of 200 endpoints', () => {
  it('a link from a finding opens the fold that holds its row', async () => {
    await withPageFromDisk(browser, htmlOf('200-endpoints'), DESKTOP, async ({ page, complaints }) => {
      const folded = page.locator('details tr[id^="endpoint-"]').first();
      const id = await folded.getAttribute('id');
      expect(await folded.isVisible()).toBe(false);
      await page.evaluate(`location.hash = ${JSON.stringify(`#${id}`)}`);
      await expect.poll(() => folded.isVisible()).toBe(true);
      const link = page.locator('section a[href^="#endpoint-"]').first();
      const target = (await link.getAttribute('href')) ?? '';
      expect(await page.locator(target).count()).toBe(1);
      expect(complaints).toEqual([]);
    });
  });

  it('a long table is filtered by what is typed, and says how many rows are left', async () => {
    await withPageFromDisk(browser, htmlOf('200-endpoints'), DESKTOP, async ({ page, complaints }) => {
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      const rows = visibleRows(page, 'Healthy endpoints');
      const all = await rows.count();
      expect(all).toBeGreaterThan(100);
      const box = page.getByRole('searchbox', { name: 'Filter the rows of Healthy endpoints' });
      await box.fill('/items/17');
      await expect.poll(() => rows.count()).toBeLessThan(12);
      expect(await rows.count()).toBeGreaterThan(0);
      for (const text of await rows.allTextContents()) expect(text).toContain('/items/17');
      await box.fill('');
      await expect.poll(() => rows.count()).toBe(all);
      expect(complaints).toEqual([]);
    });
  });

  it('problems only leaves the rows that have one', async () => {
    await withPageFromDisk(browser, htmlOf('report-profile'), DESKTOP, async ({ page }) => {
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      for (const box of await page.getByRole('checkbox', { name: 'problems only' }).all()) {
        await box.check();
        const table = page.locator('.filter:has(input:checked) + .scroll table').first();
        const rows = table.locator('tbody tr:not(.note):visible');
        expect(await rows.count()).toBe(await table.locator('tbody tr[data-problem]:not(.note)').count());
        await box.uncheck();
      }
    });
  });
});

it('sorting keeps the note of a row below it', async () => {
  await withPageFromDisk(browser, htmlOf('report-profile'), DESKTOP, async ({ page }) => {
    const table = page.locator('table', { has: page.locator('caption', { hasText: /^Endpoints$/ }) }).first();
    const pairs = () =>
      table
        .locator('tr.noted + tr.note')
        .evaluateAll((notes) => notes.map((note) => `${note.previousElementSibling?.id}: ${note.textContent}`).sort());
    const before = await pairs();
    expect(before.length).toBeGreaterThan(0);
    await table.locator('thead th').nth(2).getByRole('button').click();
    await expect.poll(() => table.locator('thead th').nth(2).getAttribute('aria-sort')).toBe('ascending');
    expect(await pairs()).toEqual(before);
  });
});

it('the contents say which section is read, also of those at the end, which cannot come to the top', async () => {
  await withPageFromDisk(browser, htmlOf('healthy'), DESKTOP, async ({ page, complaints }) => {
    for (const name of ['Thresholds', 'Details', 'Findings', 'Over time']) {
      await page.getByRole('navigation').getByRole('link', { name }).click();
      await expect.poll(() => page.locator('nav a[aria-current]').allTextContents()).toEqual([name]);
    }
    expect(complaints).toEqual([]);
  });
});

it('whatever is folded is read without scripts, and is printed', async () => {
  await withPageFromDisk(browser, htmlOf('healthy'), { ...DESKTOP, javaScriptEnabled: false }, async ({ page }) => {
    const fold = page.locator('details').first();
    await fold.locator('summary').click();
    expect(await fold.locator(':scope > :not(summary)').first().isVisible()).toBe(true);
  });
  await withPageFromDisk(browser, htmlOf('healthy'), DESKTOP, async ({ page }) => {
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
  });
});

describe('a chart', () => {
  const lines = '.crosshair[visibility=visible]';

  it('says its values where a reader points, and the charts beside it theirs at the same time', async () => {
    await withPageFromDisk(browser, htmlOf('healthy'), DESKTOP, async ({ page, complaints }) => {
      const chart = page.getByRole('img', { name: /requests failed over the whole time/ });
      await chart.scrollIntoViewIfNeeded();
      const box = (await chart.boundingBox()) ?? expect.fail('the chart is not there');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      const group = page.locator('.charts').filter({ has: chart });
      await expect.poll(() => group.locator(lines).count()).toBe(await group.locator('figure').count());
      const said = await group.locator('output').allTextContents();
      expect(said[0]).toMatch(
        /^[\d.]+m?s( \(\d\d:\d\d:\d\d UTC\))?: ok [\d.]+\/s, rate limited \(429\) [\d.]+\/s, failed 0\/s$/,
      );
      expect(new Set(said.map((text) => text.split(':')[0])).size).toBe(1);
      expect(complaints).toEqual([]);
    });
  });

  it('says them by the arrow keys as well', async () => {
    await withPageFromDisk(browser, htmlOf('healthy'), DESKTOP, async ({ page }) => {
      const chart = page.getByRole('img', { name: /p95 of a period was at most/ }).first();
      const output = page.locator('figure').filter({ has: chart }).locator('output');
      await chart.focus();
      await page.keyboard.press('ArrowRight');
      const first = await output.textContent();
      await page.keyboard.press('ArrowRight');
      expect(first).toMatch(/p50 .* ms, p95 .* ms, p99 .* ms$/);
      expect(await output.textContent()).not.toBe(first);
      await page.keyboard.press('ArrowLeft');
      expect(await output.textContent()).toBe(first);
    });
  });

  it('is the same picture without scripts, and its list of values is not shown', async () => {
    await withPageFromDisk(browser, htmlOf('healthy'), { ...DESKTOP, javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.locator('.readings').first().isVisible()).toBe(false);
      expect(await page.locator('output').count()).toBe(0);
    });
  });
});
