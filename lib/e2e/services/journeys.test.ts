import { expect, it } from 'vitest';
import type { RunningOrdersApi } from '../../testing/start-orders-api.ts';
import { readOnlyRun, runScenario, startTool, sum, temporaryFolder } from '../tool.ts';
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

  const [browse, buy] = summary.journeys ?? [];
  // Each purchase stops at an order that is gone by then, and each visit comes to its end.
  const bought = buy?.stoppedAt['get-order'] ?? 0;
  const { completed } = summary.load.iterations;
  expect(buy).toMatchObject({ started: bought, completed: 0, stoppedAt: { 'get-order': bought }, failed: 0 });
  const browsed = completed - bought;
  expect(browse).toMatchObject({ started: browsed, completed: browsed, stoppedAt: {}, failed: 0 });
  expect(truth.routes['POST /orders 201']).toBe(bought);
  const [least, most] = shareInterval(bought, completed, CONFIDENCE);
  expect(least).toBeLessThanOrEqual(0.3);
  expect(most).toBeGreaterThanOrEqual(0.3);
  // Users of the load were users of their own, though chance may keep one from buying.
  expect(Object.keys(truth.ordersCreatedBy).length).toBeGreaterThan(USERS / 2);
  // Each order was found, changed and deleted by the id that its creation gave.
  expect(truth.ordersNow).toBe(0);
  expect(truth.routes).toMatchObject({
    'GET /orders/{order_id} 200': bought,
    'GET /orders/{order_id} 404': bought,
    'DELETE /orders/{order_id} 204': bought,
  });
});

it('tokens that end sooner than their login said are renewed after a 401, and both requests are counted', async () => {
  const service = await ordersApi({ TOKEN_TTL: '2', TOKEN_SAYS: '60' });
  const { summary } = await runScenario('mix', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  const told = repliesTold(summary);
  expect(told).toEqual(repliesSeen(truth, summary));
  const refused = sum(Object.values(told).map((endings) => endings[401] ?? 0));
  expect(refused).toBeGreaterThan(USERS);
  // What several requests at once were refused leads to one login.
  expect(truth.routes['POST /auth/login 200']).toBeGreaterThan(USERS);
  expect(truth.routes['POST /auth/login 200']).toBeLessThanOrEqual(USERS + refused);
  // No purchase ended for want of a token.
  const buy = summary.journeys?.find(({ name }) => name === 'buy');
  expect(buy?.stoppedAt).toEqual({ 'get-order': buy?.started });
});

it('an interruption leaves out at most one request of each interrupted journey, and says of how many', async () => {
  const service = await ordersApi();
  const results = temporaryFolder();
  const args = ['run', 'waits', '--no-baseline', '--k6-output', '--results', results];
  const tool = startTool(args, { BASE_URL: service.url }, ordersProject());
  await tool.says(/20\/20 VUs, [1-9]\d* complete/);
  tool.child.kill('SIGINT');
  expect((await tool.ended).exitCode).toBe(105);
  const { summary, report } = readOnlyRun(results);
  const truth = await truthAtRest(service);
  expectSumsToAgree(summary);
  expect(summary.load.iterations.interrupted).toBe(USERS);

  const told = repliesTold(summary);
  const inFlight = Object.entries(repliesSeen(truth, summary)).flatMap(([route, seen]) =>
    Object.entries(seen).map(([ending, count]) => count - (told[route]?.[ending] ?? 0)),
  );
  for (const count of inFlight) expect(count).toBeGreaterThanOrEqual(0);
  const unreported = truth.total - summary.totals.requests;
  expect(unreported).toBeGreaterThan(0);
  const [wait] = summary.journeys ?? [];
  const interrupted = (wait?.started ?? 0) - (wait?.completed ?? 0);
  expect(report).toMatch(new RegExp(`k6 interrupted ${interrupted} journeys?\\.`));
  expect(unreported).toBeLessThanOrEqual(interrupted);
  expect(interrupted).toBeLessThanOrEqual(USERS);
});

it('cookies, GraphQL operations and WebSockets with a token are counted as the service counts them', async () => {
  const service = await ordersApi({ TOKEN_TTL: '3' });
  const { summary } = await runScenario('kinds', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));
  expect(summary.load.iterations).toMatchObject({ failed: 0, interrupted: 0 });

  const rowOf = (wanted: string) =>
    summary.endpoints.find(({ id }) => id === wanted) ?? expect.fail(`no row ${wanted}`);
  // A session is begun once for each user, and lives over its journeys.
  expect(rowOf('start-session').outcomes).toEqual({ ok: 7 });
  expect(rowOf('me').outcomes).toEqual({ ok: 35 });
  // Each operation of one path has a row of its own; errors of a 200 are no success.
  for (const [id, operation] of Object.entries({ list: 'ListOrders', stats: 'OrderStats', unknown: 'Nothing' }))
    expect(rowOf(id).requests).toBe(truth.routes[`POST /graphql op=${operation} 200`]);
  expect(rowOf('list').outcomes).toEqual({ ok: 30 });
  expect(rowOf('unknown').outcomes).toEqual({ check_failed: 30 });
  // Tokens are good for three seconds, and each socket wants one.
  const opened = rowOf('socket').requests;
  expect(rowOf('socket').outcomes).toEqual({ ok: opened });
  expect(truth.routes).toMatchObject({ 'WS /ws accepted': opened, 'WS /ws message': 2 * opened });
  expect(rowOf('login').requests).toBeGreaterThan(7);
});

it('a redirect that is followed is two requests of its endpoint', async () => {
  const service = await ordersApi();
  const { summary } = await runScenario('moved', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  expect((await service.readTruth()).routes).toEqual({ 'GET /old-orders 302': 100, 'GET /health 200': 100 });
  expectSumsToAgree(summary);
  expect(summary.endpoints.map(({ id, outcomes }) => [id, outcomes])).toEqual([['moved', { ok: 200 }]]);
  expect(summary.journeys).toMatchObject([{ started: 100, completed: 100 }]);
});
