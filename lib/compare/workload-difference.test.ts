import { expect, it } from 'vitest';
import type { OwnRun } from '../core/judge/run-summary.ts';
import type { ConstantArrivals } from '../core/spec/load-shape.ts';
import { storedRun } from '../testing/compared-runs.ts';
import { workloadDifferences } from './workload-difference.ts';

const run = storedRun({ endpoints: { agents: { medianMs: 40 }, services: { medianMs: 80 } } }) as OwnRun;
const [agents, services] = run.endpoints;
if (agents === undefined || services === undefined) throw new Error('no endpoints');
const USERS = run.load.plan.users as ConstantArrivals;

const USERS_DATA = { name: 'users', pick: 'user', rows: 8, sha256: 'a'.repeat(64) } as const;
const ARTICLES = { name: 'articles', pick: 'random', seed: 1, rows: 1, sha256: 'a'.repeat(64) } as const;

const NOTHING_DONE = { started: 0, completed: 0, stoppedAt: {}, failed: 0, durationMs: { count: 0 } };

it.each<[string, Partial<OwnRun>, string[]]>([
  [
    'an endpoint that was added',
    { endpoints: [agents, services, { ...agents, id: 'reports', path: '/api/reports' }] },
    ['endpoints added: reports (/api/reports)'],
  ],
  ['one that was removed', { endpoints: [agents] }, ['endpoints removed: services (/api/services)']],
  [
    'journeys with their weights',
    { journeys: [{ name: 'buy', endpoints: ['agents'], weight: 3, atMostSeconds: 60, ...NOTHING_DONE }] },
    [
      'load: users 20 requests/s for 1m against users 20 journeys/s for 1m',
      'journeys: none against buy with weight 3 (agents; at most 1m)',
    ],
  ],
  [
    'one that was renamed',
    { endpoints: [agents, { ...services, id: 'services-v2' }] },
    ['endpoint renamed: services to services-v2 (/api/services)'],
  ],
  [
    'one that was renamed, with another timeout, beside one that was added',
    {
      endpoints: [
        agents,
        { ...services, id: 'renamed', timeoutMs: 5000 },
        { ...agents, id: 'reports', path: '/api/reports' },
      ],
    },
    [
      'endpoints added: reports (/api/reports)',
      'endpoint renamed: services to renamed (/api/services)',
      'endpoint renamed: timeout 30s against timeout 5s',
    ],
  ],
  [
    'a path',
    { endpoints: [agents, { ...services, path: '/api/v2/services' }] },
    ['endpoint services: GET /api/services against GET /api/v2/services'],
  ],
  [
    'expected statuses',
    { endpoints: [{ ...agents, expectedStatuses: [200, 404] }, services] },
    ['endpoint agents: expects 200 against expects 200 404'],
  ],
  [
    'a server',
    { endpoints: [{ ...agents, server: 'auth' }, services] },
    ['endpoint agents: at BASE_URL against at server auth'],
  ],
  ['the order of the endpoints', { endpoints: [services, agents] }, ['endpoints: the same in another order']],
  ['k6', { k6Version: '2.3.1' }, ['k6: 2.2 against 2.3']],
  ['options of k6', { k6Options: { noConnectionReuse: true } }, ['k6 options: none against noConnectionReuse']],
  ['the warm-up', { load: { ...run.load, warmUpSeconds: 2 } }, ['warm-up: none against 2s']],
  ['the plan', { plan: 'short' }, ['plan: timed against short']],
  ['the scenario', { scenario: 'mixed' }, ['scenario: sustained against mixed']],
])('names %s', (_, changes, said) => {
  expect(workloadDifferences(run, { ...run, ...changes })).toEqual(said);
});

it('tells both loads where they differ', () => {
  const load = { ...run.load, plan: { users: { ...USERS, durationSeconds: 90 } } };
  expect(workloadDifferences(run, { ...run, load })).toEqual([
    'load: users 20 requests/s for 1m against users 20 requests/s for 1m30s',
  ]);
});

it.each<[string, OwnRun['data'], OwnRun['data'], string[]]>([
  ['other rows', [USERS_DATA], [{ ...USERS_DATA, sha256: 'b'.repeat(64) }], ['data users: other rows']],
  [
    'more rows',
    [USERS_DATA, ARTICLES],
    [{ ...USERS_DATA, rows: 9, sha256: 'b'.repeat(64) }, ARTICLES],
    ['data users: 8 rows, one for each user against 9 rows, one for each user'],
  ],
  [
    'other ways to pick them',
    [USERS_DATA, ARTICLES],
    [
      { ...USERS_DATA, pick: 'iteration', recycle: true },
      { ...ARTICLES, seed: 2 },
    ],
    [
      'data users: 8 rows, one for each user against 8 rows, one for each iteration, recycled',
      'data articles: 1 row, at random, seed 1 against 1 row, at random, seed 2',
    ],
  ],
  ['data of one run alone', undefined, [USERS_DATA], ['data users: none against 8 rows, one for each user']],
  [
    'other rows of one of two that have the same name',
    [USERS_DATA, USERS_DATA],
    [USERS_DATA, { ...USERS_DATA, sha256: 'b'.repeat(64) }],
    ['data users: other rows'],
  ],
])('names %s', (_, one, other, said) => {
  const fed = (data: OwnRun['data']): OwnRun => ({ ...run, ...(data && { data }) });
  expect(workloadDifferences(fed(one), fed(other))).toEqual(said);
});

it('says so where nothing differs that the summaries tell', () => {
  expect(workloadDifferences(run, run)[0]).toContain('another version');
});
