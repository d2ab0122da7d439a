import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { callTool, readOnlyRun, temporaryFolder } from '../tool.ts';
import { findChromium } from './chromium.ts';

const PAGE =
  '<link rel=icon href="data:,"><link rel=stylesheet href=/shop.css><h1>Shop</h1><script>fetch("/api/items/42")</script>';

it('what the browser of a k6 script asks for has rows, as many as the service has answered', async () => {
  const served: Record<string, number> = {};
  const service = createServer(({ method, url = '' }, reply) => {
    const row = `${method} ${url.replace(/\d+/, '{id}')}`;
    served[row] = (served[row] ?? 0) + 1;
    const type = url.endsWith('.css') ? 'text/css' : url.startsWith('/api') ? 'application/json' : 'text/html';
    reply
      .writeHead(url.startsWith('/api') ? 503 : 200, { 'content-type': type })
      .end(type === 'text/html' ? PAGE : '{}');
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close().closeAllConnections());
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'package.json'), '{}');
  writeFileSync(
    path.join(folder, 'shop.js'),
    `import { browser } from 'k6/browser';
export const options = {
  scenarios: { ui: { executor: 'shared-iterations', iterations: 1, options: { browser: { type: 'chromium' } } } },
  thresholds: { browser_web_vital_ttfb: ['p(95)<60000'] },
};
export default async function () {
  const page = await browser.newPage();
  await page.goto(__ENV.BASE_URL + '/shop/7', { waitUntil: 'networkidle' });
  await page.close();
}
`,
  );
  const place = `127.0.0.1:${(service.address() as AddressInfo).port}`;
  const { exitCode, stdout, stderr } = await callTool(
    ['run', 'shop.js', '--base-url', `http://${place}`],
    {
      K6_BROWSER_EXECUTABLE_PATH: findChromium(process.env),
      K6_BROWSER_HEADLESS: 'true',
      K6_BROWSER_ARGS: 'no-sandbox',
    },
    folder,
  );
  expect(exitCode, stdout + stderr).toBe(0);
  const { endpoints, hosts, totals } = readOnlyRun(path.join(folder, 'results')).summary as unknown as ScriptSummary;
  expect(Object.fromEntries(endpoints.map(({ id, requests }) => [id, requests]))).toEqual(served);
  expect(Object.keys(served)).toEqual(
    expect.arrayContaining(['GET /shop/{id}', 'GET /shop.css', 'GET /api/items/{id}']),
  );
  expect(totals.outcomes.server_error).toBe(1);
  expect(hosts).toEqual([place]);
});
