import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import type { OrdersTruth } from '../../testing/start-orders-api.ts';
import { projectRoot, runScenario } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';
import { filesOf, writeFiles } from './documented-files.ts';
import { ordersApi, ordersProject } from './orders-project.ts';
import { repliesSeen, repliesTold } from './replies.ts';

const FILES = filesOf('scenarios.md');

/** What must be so of each scenario of docs/scenarios.md, besides that it passes and that its counts are right. */
const SCENARIOS: Readonly<Record<string, (truth: OrdersTruth, summary: RunSummary) => void>> = {
  orders: ({ routes }) => expect(routes['POST /orders 201']).toBe(routes['GET /orders/{order_id} 200']),
  upload: ({ routes }) => expect(routes).toEqual({ 'POST /uploads 201': 20 }),
};

/** A project elsewhere with the files of the page. */
function documentedProject(): string {
  const folder = ordersProject();
  writeFiles(folder, FILES);
  return folder;
}

it('every scenario of docs/scenarios.md is run here', () => {
  const scenarios = [...FILES.keys()].flatMap((name) => /^scenarios\/([\w-]+)\.ts$/.exec(name)?.[1] ?? []);
  expect(Object.keys(SCENARIOS).sort()).toEqual(scenarios.sort());
});

it('they compile, as in a project elsewhere', () => {
  const folder = documentedProject();
  const compilerOptions = {
    typeRoots: [path.join(projectRoot, 'node_modules', '@types')],
    tsBuildInfoFile: path.join(folder, 'build-info'),
  };
  const globals = path.join(projectRoot, 'lib', 'k6', 'k6-globals.d.ts');
  const include = [globals, ...[...FILES.keys()].filter((name) => name.endsWith('.ts'))];
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: path.join(projectRoot, 'lib', 'k6', 'tsconfig.json'), compilerOptions, include }),
  );
  const tsc = path.join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
});

it.each(Object.entries(SCENARIOS))('%s passes, and its counts are those of the service', async (name, expectOwn) => {
  const service = await ordersApi({ TOKEN_TTL: '3' });
  const environment = { BASE_URL: service.url };
  const { summary, exitCode, stdout } = await runScenario(name, environment, ['--no-baseline'], documentedProject());
  expect(exitCode, stdout).toBe(0);
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));
  expectOwn(truth, summary);
});
