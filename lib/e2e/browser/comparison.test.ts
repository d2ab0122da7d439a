import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../compare/compare-runs.ts';
import { comparisonDocument } from '../../report/comparison/comparison-document.ts';
import { htmlReport } from '../../results/html-report.ts';
import { pairsOf, randomFrom, storedRun } from '../../testing/compared-runs.ts';
import { HOSTILE_TEXTS } from '../../testing/documents.ts';
import { launchChromium } from './chromium.ts';
import { withPageFromDisk } from './opened-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 400, height: 800 } };

/** Four releases; of three endpoints the last one got slower. */
function comparisonPage(name = 'services', release = '1.5'): string {
  const random = randomFrom(5);
  const medians = { agents: 40, projects: 60, [name]: 80 };
  const arms = pairsOf(5, (side) => ({
    release: side === 'base' ? '1.4' : release,
    endpoints: Object.fromEntries(
      Object.entries(medians).map(([id, ms]) => {
        const slowed = side === 'head' && id === name ? 1.2 : 1;
        return [id, { medianMs: ms * slowed * Math.exp(0.02 * random.normal()) }];
      }),
    ),
  }));
  const earlier = ['1.2', '1.3'].map((each, i) =>
    storedRun({
      runId: each,
      release: each,
      startedAt: `2026-10-0${i + 1}T09:00:00.000Z`,
      endpoints: Object.fromEntries(Object.entries(medians).map(([id, medianMs]) => [id, { medianMs }])),
    }),
  );
  return htmlReport(comparisonDocument(compareRuns({ ...arms, earlier })));
}

const overflowOf = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

it('a comparison opened from disk shows its decision, curves and trend, and asks for nothing', async () => {
  await withPageFromDisk(browser, comparisonPage(), DESKTOP, async ({ page, complaints, requests, address }) => {
    expect(await page.title()).toBe('sustained: 1.5 against 1.4');
    expect(await page.getByText('REGRESSED: ').isVisible()).toBe(true);
    // A distribution and a shift for all endpoints together and for each of three, and the trend.
    expect(await page.locator('figure svg[role=img]').count()).toBe(9);
    expect(await page.getByText('p95 of successful responses over releases').count()).toBeGreaterThan(0);
    expect(requests).toEqual([address]);
    expect(complaints).toEqual([]);
  });
});

it.each([
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
])('on %s it is not wider than the screen', async (_, size) => {
  await withPageFromDisk(browser, comparisonPage(), size, async ({ page }) => {
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });
});

it('no open table is wider than its place on a desktop, and what only some ask for is folded', async () => {
  const html = comparisonPage('recommendations-of-the-week');
  await withPageFromDisk(browser, html, DESKTOP, async ({ page }) => {
    expect(await page.getByRole('region', { name: 'Rows that changed' }).isVisible()).toBe(true);
    expect(await page.locator('.scroll:not(details .scroll)').count()).toBe(1);
    const wide = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.scroll:not(details .scroll)')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.getAttribute('aria-label'))",
    );
    expect(wide).toEqual([]);
    for (const svg of await page.locator('figure svg[role=img]').all()) expect(await svg.isVisible()).toBe(false);
    await page.getByText('Distributions of successful responses').click();
    expect(await page.locator('figure svg[role=img]').first().isVisible()).toBe(true);
  });
});

describe('names from outside', () => {
  it.each(Object.entries(HOSTILE_TEXTS))('with %s stay text', async (_, text) => {
    await withPageFromDisk(
      browser,
      comparisonPage(text, text),
      DESKTOP,
      async ({ page, complaints, requests, address }) => {
        expect(await page.locator('img, iframe, object, embed, form, b').count()).toBe(0);
        expect(await page.locator('script').count()).toBe(1);
        expect(requests).toEqual([address]);
        expect(complaints).toEqual([]);
      },
    );
  });
});
