import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../report/model/report.ts';
import { reportDocument } from '../../report/sections/report-document.ts';
import { htmlReport } from '../../results/html-report.ts';
import { chartsOf } from '../../testing/documents.ts';
import { RECORDED_REPORTS } from '../recorded-reports.ts';
import { launchChromium } from './chromium.ts';
import { withPageFromDisk } from './opened-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

describe.each(Object.entries(RECORDED_REPORTS))('the report of the %s run', (_name, source) => {
  const report = buildReport(source());
  const html = htmlReport(reportDocument(report));

  it.each([
    ['a phone', 400],
    ['a desktop', 1280],
  ])('fits %s, asks for nothing and complains of nothing', async (_size, width) => {
    await withPageFromDisk(
      browser,
      html,
      { viewport: { width, height: 900 } },
      async ({ page, complaints, requests, address }) => {
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.locator('main').innerText()).toContain(report.decision.headline);
        expect(requests).toEqual([address]);
        expect(complaints).toEqual([]);
      },
    );
  });

  it('shows every chart in full', async () => {
    await withPageFromDisk(browser, html, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
      const charts = chartsOf(reportDocument(report).blocks);
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      const pictures = await page.locator('figure svg[role=img]').all();
      expect(pictures).toHaveLength(charts.length);
      for (const picture of pictures) {
        const box = await picture.boundingBox();
        expect(box?.width).toBeGreaterThan(250);
        expect(box?.height).toBeGreaterThan(60);
      }
    });
  });
});
