import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startOrdersApi } from '../../testing/start-orders-api.ts';
import { runScenario, temporaryFolder } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';
import { ordersApi, ordersProject } from './orders-project.ts';
import { repliesSeen, repliesTold } from './replies.ts';

it('requests that need no login are counted as the service counts them, status by status', async () => {
  const service = await ordersApi({ SEARCH_PER_MINUTE: '60', ORDERS_API_KEY: 'right' });
  const { summary } = await runScenario('open', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));
  expect(summary.totals.requests).toBe(truth.total);
  // That there was something to count, of every kind.
  expect(repliesTold(summary)).toMatchObject({
    'GET /search': { expected: 60, 429: 40, 403: 100 },
    'POST /auth/login': { expected: 100, 401: 100 },
    'POST /orders': { 401: 100 },
    'POST /uploads': { expected: 100 },
  });
  expect(summary.totals.outcomes.check_failed).toBeUndefined();
});

it('a machine without Python is told so', async () => {
  const empty = path.join(temporaryFolder(), 'bin');
  mkdirSync(empty);
  await expect(startOrdersApi({ PATH: empty })).rejects.toThrow(/needs Python 3\.10.*no python3 on PATH/);
});

it('an environment that cannot be made is told', async () => {
  await expect(startOrdersApi({ VENV: '/proc/nowhere/environment' })).rejects.toThrow(/did not start/);
});
