import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import type { OrdersTruth } from '../../testing/start-orders-api.ts';
import { projectRoot, runScenario } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';
import { CONFIDENCE, shareInterval } from './chance.ts';
import { filesOf, writeFiles } from './documented-files.ts';
import { emptyProject, ordersApi } from './orders-project.ts';
import { repliesSeen, repliesTold } from './replies.ts';

const FILES = filesOf('scenarios.md');

/** What must be so of a scenario of docs/scenarios.md, besides that it passes. */
interface Documented {
  /** Requests of its `setup` and `teardown`, and of the trial: they are in no figure. */
  readonly beside: Readonly<Record<string, number>>;
  readonly expectOwn: (truth: OrdersTruth, summary: RunSummary) => void;
}

const ALL_USERS = Array.from({ length: 8 }, (_, i) => `user${i + 1}`).sort();

const SCENARIOS: Readonly<Record<string, Documented>> = {
  order: {
    beside: {
      'POST /auth/login 200': 1,
      'POST /orders 201': 1,
      'PATCH /orders/{order_id} 200': 1,
      'GET /orders/{order_id} 200': 1,
      'GET /orders 200': 1,
    },
    expectOwn: ({ routes, ordersCreatedBy }) => {
      expect(routes['POST /orders 201']).toBe(routes['GET /orders/{order_id} 200']);
      expect(Object.keys(ordersCreatedBy).sort()).toEqual(ALL_USERS);
    },
  },
  talk: {
    beside: {
      'POST /auth/login 200': 1,
      'POST /graphql op=ListOrders 200': 2,
      'WS /ws accepted': 1,
    },
    expectOwn: ({ routes }) =>
      expect(routes).toEqual({
        'POST /auth/login 200': 5,
        'POST /graphql op=ListOrders 200': 42,
        'WS /ws accepted': 21,
        'WS /ws message': 21,
      }),
  },
  'own-rows': {
    beside: { 'POST /auth/login 200': 1, 'POST /orders 201': 1, 'DELETE /orders/{order_id} 204': 1 },
    expectOwn: ({ ordersCreatedBy, ordersNow, routes }) => {
      const { user1, ...others } = ordersCreatedBy;
      // The first row is also that of the trial.
      expect(user1).toBe(4);
      expect(Object.values(others)).toEqual(Array(7).fill(3));
      expect(routes['POST /auth/login 200']).toBe(9);
      expect(ordersNow).toBe(0);
    },
  },
  market: {
    beside: {
      'POST /auth/login 200': 1,
      'GET /orders 200': 2,
      'POST /orders 201': 1,
      'GET /orders/{order_id} 200': 1,
      'DELETE /orders/{order_id} 204': 1,
    },
    expectOwn: (_truth, { endpoints, load }) => {
      const requestsOf = (wanted: string) => endpoints.find(({ id }) => id === wanted)?.requests ?? 0;
      const arrivals = 10;
      const browsed = requestsOf('list-orders') / 2;
      const bought = requestsOf('create-order') - arrivals;
      expect(browsed + bought + arrivals).toBe(load.iterations.completed);
      const [least, most] = shareInterval(bought, browsed + bought, CONFIDENCE);
      expect(least).toBeLessThanOrEqual(0.3);
      expect(most).toBeGreaterThanOrEqual(0.3);
    },
  },
  upload: {
    beside: { 'POST /uploads 201': 1 },
    expectOwn: ({ routes }) => expect(routes).toEqual({ 'POST /uploads 201': 21 }),
  },
  export: {
    beside: {
      'POST /auth/login 200': 3,
      'POST /orders 201': 3,
      'DELETE /orders/{order_id} 204': 3,
      'GET /orders/{order_id} 200': 3,
      'POST /exports 202': 1,
      'GET /exports/{export_id} 200': 3,
    },
    expectOwn: ({ ordersNow, routes }) => {
      expect(ordersNow).toBe(0);
      expect(routes['GET /exports/{export_id} 200']).toBe(3 * 21);
    },
  },
};

/** A project elsewhere with the files of the page. */
function documentedProject(): string {
  const folder = emptyProject();
  writeFiles(folder, FILES);
  return folder;
}

/** What the service saw of the load. */
function withoutThose(truth: OrdersTruth, beside: Documented['beside']): OrdersTruth {
  const routes = Object.entries(truth.routes).map(([route, count]) => [route, count - (beside[route] ?? 0)] as const);
  return { ...truth, routes: Object.fromEntries(routes) };
}

describe('docs/scenarios.md', () => {
  it('has no scenario that is not run here', () => {
    const scenarios = [...FILES.keys()].flatMap((name) => /^scenarios\/([\w-]+)\.ts$/.exec(name)?.[1] ?? []);
    expect(Object.keys(SCENARIOS).sort()).toEqual(scenarios.sort());
  });

  it('compiles, as a project elsewhere does', () => {
    const folder = documentedProject();
    const compilerOptions = {
      typeRoots: [path.join(projectRoot, 'node_modules', '@types')],
      tsBuildInfoFile: path.join(folder, 'build-info'),
    };
    const declarations = path.join(projectRoot, 'lib', 'k6', '**', '*.d.ts');
    const include = [declarations, ...[...FILES.keys()].filter((name) => name.endsWith('.ts'))];
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: path.join(projectRoot, 'lib', 'k6', 'tsconfig.json'), compilerOptions, include }),
    );
    const tsc = path.join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(status, stdout).toBe(0);
  });

  it.each(Object.entries(SCENARIOS))(
    'has %s, which passes with the counts of the service',
    async (name, documented) => {
      const service = await ordersApi({ TOKEN_TTL: '3' });
      const environment = { BASE_URL: service.url };
      const { summary, exitCode, stdout } = await runScenario(name, environment, [], documentedProject());
      expect(exitCode, stdout).toBe(0);
      const truth = await service.readTruth();
      expectSumsToAgree(summary);
      expect(repliesTold(summary)).toEqual(repliesSeen(withoutThose(truth, documented.beside), summary));
      documented.expectOwn(truth, summary);
    },
  );
});
