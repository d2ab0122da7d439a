import { expect, test } from 'vitest';
import { openForTest } from '../backend-for-test.ts';

test('the service of the report meets a burst with its limits', async () => {
  const backend = await openForTest('--profile', 'report');
  const paths = ['system/stats', 'system/ports', 'services', 'agents', 'health'];
  const askInTurn = async () => {
    for (const path of paths) await (await fetch(`${backend.url}/api/${path}`)).arrayBuffer();
  };
  await Promise.all(Array.from({ length: 100 }, askInTurn));
  const { endpoints, totals } = await backend.readTruth();
  expect(endpoints['system-stats'].delivered).toEqual({ 200: 60, 429: 40 });
  expect(endpoints['system-ports'].delivered).toEqual({ 200: 30, 429: 70 });
  expect(endpoints.health.delivered).toEqual({ 404: 100 });
  const delivered = { 200: 210, 404: 100, 429: 190 };
  expect(totals).toEqual({ received: 500, delivered, abandoned: 0, reset: 0, inFlight: 0 });
});
