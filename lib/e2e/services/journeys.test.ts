import { expect, it } from 'vitest';
import type { RunningOrdersApi } from '../../testing/start-orders-api.ts';
import { readOnlyRun, runScenario, startTool, temporaryFolder } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';
import { CONFIDENCE, shareInterval } from './chance.ts';
import { ordersApi, ordersProject } from './orders-project.ts';
import { repliesSeen, repliesTold } from './replies.ts';

const USERS = 20;

/** When nothing is in flight any more: what a client gave up on is answered all the same. */
async function truthAtRest(service: RunningOrdersApi) {
  await expect.poll(async () => (await service.readTruth()).inFlight, { interval: 50 }).toBe(0);
  return service.readTruth();
}

it('journeys of 20 users, mixed 70 to 30, are counted as the service counts them, status by status', async () => {
  const service = await ordersApi({ TOKEN_TTL: '3' });
  const { summary } = await runScenario('mix', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));
  expect(summary.totals.requests).toBe(truth.total);
  expect(summary.load.iterations).toMatchObject({ failed: 0, interrupted: 0 });

  const bought = truth.routes['POST /orders 201'] ?? 0;
  const [least, most] = shareInterval(bought, summary.load.iterations.completed, CONFIDENCE);
  expect(least).toBeLessThanOrEqual(0.3);
  expect(most).toBeGreaterThanOrEqual(0.3);
  // Each user of the load was a user of its own.
  expect(Object.keys(truth.ordersCreatedBy)).toHaveLength(USERS);
  // Each order was found, changed and deleted by the id that its creation gave.
  expect(truth.ordersNow).toBe(0);
  expect(truth.routes).toMatchObject({
    'GET /orders/{order_id} 200': bought,
    'GET /orders/{order_id} 404': bought,
    'DELETE /orders/{order_id} 204': bought,
  });
});

it('an interruption leaves out at most one request of each interrupted journey, and says of how many', async () => {
  const service = await ordersApi();
  const results = temporaryFolder();
  const args = ['run', 'waits', '--no-baseline', '--results', results];
  const tool = startTool(args, { BASE_URL: service.url }, ordersProject());
  await tool.says(/20\/20 users, [1-9]\d* complete/);
  tool.child.kill('SIGINT');
  expect((await tool.ended).exitCode).toBe(105);
  const { summary, report } = readOnlyRun(results);
  const truth = await truthAtRest(service);
  expectSumsToAgree(summary);
  expect(summary.load.iterations.interrupted).toBe(USERS);
  expect(report).toContain(`k6 interrupted ${USERS} iterations`);

  const told = repliesTold(summary);
  const inFlight = Object.entries(repliesSeen(truth, summary)).flatMap(([route, seen]) =>
    Object.entries(seen).map(([ending, count]) => count - (told[route]?.[ending] ?? 0)),
  );
  for (const count of inFlight) expect(count).toBeGreaterThanOrEqual(0);
  const unreported = truth.total - summary.totals.requests;
  expect(unreported).toBeGreaterThan(0);
  expect(unreported).toBeLessThanOrEqual(USERS);
});
