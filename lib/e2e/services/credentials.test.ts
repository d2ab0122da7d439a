import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';
import { ordersApi, ordersProject } from './orders-project.ts';
import { repliesSeen, repliesTold } from './replies.ts';

const USERS = 20;
const KEY = 'canary-of-the-api-key';

it('users log in once, and again before their token expires: no request is refused', async () => {
  const service = await ordersApi({ TOKEN_TTL: '3' });
  const circumstances = { BASE_URL: service.url, PLAN: 'tokens' };
  const { summary } = await runScenario('credentials', circumstances, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));
  expect(summary.totals.requests).toBe(truth.total);
  expect(Object.keys(truth.routes).sort()).toEqual(['GET /orders 200', 'POST /auth/login 200', 'POST /orders 201']);
  // Each user was one of the data, and logged in each time that its token was nearly over.
  expect(Object.keys(truth.ordersCreatedBy)).toHaveLength(USERS);
  expect(truth.routes['POST /auth/login 200']).toBeGreaterThanOrEqual(2 * USERS);
  expect(truth.routes['POST /auth/login 200']).toBeLessThan(summary.load.iterations.completed);
});

it('a token that is over before it says so is got anew after a 401, which is counted', async () => {
  const service = await ordersApi({ TOKEN_TTL: '3', TOKEN_SAYS: '60' });
  const circumstances = { BASE_URL: service.url, PLAN: 'tokens' };
  const { summary } = await runScenario('credentials', circumstances, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));
  const refused = (truth.routes['GET /orders 401'] ?? 0) + (truth.routes['POST /orders 401'] ?? 0);
  expect(refused).toBeGreaterThanOrEqual(USERS);
  // Each 401 led to one login, besides the first one of each user.
  expect(truth.routes['POST /auth/login 200']).toBe(USERS + refused);
});

it('a cookie session lives over the journeys of its user', async () => {
  const service = await ordersApi();
  const circumstances = { BASE_URL: service.url, PLAN: 'cookies' };
  const { summary } = await runScenario('credentials', circumstances, [], ordersProject());
  const truth = await service.readTruth();
  // Those of the trial are in no figure.
  expect(truth.routes).toEqual({ 'POST /session 204': USERS + 1, 'GET /me 200': 5 * USERS + 1 });
  expect(summary.load.iterations).toMatchObject({ completed: 5 * USERS, failed: 0 });
  expect(summary.totals.requests).toBe(truth.total - 2);
});

it.each([
  ['variable', { SHOP_ACCESS: KEY }, []],
  ['secret', {}, ['--', `--secret-source=mock=search-key=${KEY}`]],
])('a key comes from a %s', async (plan, environment, args) => {
  const service = await ordersApi({ ORDERS_API_KEY: KEY });
  const circumstances = { ...environment, BASE_URL: service.url, PLAN: plan };
  const run = await runScenario('credentials', circumstances, args, ordersProject());
  const truth = await service.readTruth();
  expect(truth.routes).toEqual({ 'GET /search 200': 16 });
  expect(run.stdout + run.stderr).not.toContain(KEY);
});
