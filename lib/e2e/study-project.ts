import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type RunningBackend, type StartBackendOptions, startBackend } from '../backend/start-backend.ts';
import type { Truth } from '../backend/truth.ts';
import type { RateLimit } from '../core/endpoint.ts';
import type { RunSummary } from '../core/run-summary.ts';
import type { Study, StudyKind } from '../core/studies/study.ts';
import type { Report } from '../report/model/report.ts';
import { callTool, projectRoot } from './tool.ts';

/** A scenario with a question of its own, as its file would say it: each member is source code. */
export interface StudySource {
  readonly study: string;
  readonly plan: string;
  readonly endpoints: string;
  /** What goes before the test. */
  readonly declarations?: string;
}

export interface StudyRun<Kind extends StudyKind> {
  readonly exitCode: number | null;
  readonly output: string;
  readonly summary: RunSummary;
  readonly study: Extract<Study, { kind: Kind }>;
  readonly report: Report;
  /** What the backend itself counted. */
  readonly truth: Truth;
}

/**
 * Runs such a scenario, in a project of its own, against a reference backend of its own. Both are gone afterwards.
 * Nothing here hangs on the test that is running, so that tests can run side by side.
 */
export async function runStudy<Kind extends StudyKind>(
  kind: Kind,
  source: StudySource,
  backendOptions: StartBackendOptions,
  environment: Readonly<Record<string, string>> = {},
): Promise<StudyRun<Kind>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-study-'));
  let backend: RunningBackend | undefined;
  try {
    backend = await startBackend(backendOptions);
    writeProject(folder, kind, source);
    const end = await callTool(
      ['run', 'asks'],
      { BASE_URL: backend.url, METRICS_URL: `${backend.url}/metrics`, ...environment },
      folder,
    );
    const results = path.join(folder, 'results');
    const output = `${end.stdout}\n${end.stderr}`;
    const read = (name: string): string => {
      try {
        const run = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
        return readFileSync(path.join(run, name), 'utf8');
      } catch (error) {
        throw new Error(`No ${name} (exit code ${end.exitCode}):\n${output}`, { cause: error });
      }
    };
    const summary = JSON.parse(read('summary.json')) as RunSummary;
    if (summary.study?.kind !== kind) throw new Error(`Not a study of ${kind}:\n${output}`);
    return {
      exitCode: end.exitCode,
      output,
      summary,
      study: summary.study as StudyRun<Kind>['study'],
      report: JSON.parse(read('report.json')) as Report,
      truth: await backend.readTruth(),
    };
  } finally {
    await backend?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeProject(
  folder: string,
  kind: StudyKind,
  { study, plan, endpoints, declarations = '' }: StudySource,
): void {
  const from = (...parts: string[]) => JSON.stringify(path.join(projectRoot, ...parts));
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "asks", "type": "module" }');
  writeFileSync(
    path.join(folder, 'scenarios', 'asks.ts'),
    `import { defineEndpoint } from ${from('lib', 'core', 'endpoint.ts')};
import * as service from ${from('lib', 'endpoints', 'index.ts')};
import * as k6 from ${from('lib', 'k6', 'index.ts')};
import { budgets } from ${from('thresholds', 'index.ts')};
${declarations}
const test = k6.defineLoadTest({
  name: 'asks', testId: 'ASKS', purpose: 'A question of kind ${kind}', endpoints: ${endpoints}, budgets,
  plans: { timed: ${plan} }, study: ${study},
});
export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
`,
  );
}

/** A limit that a test can wait for, declared and enforced. */
export const shortLimit = (
  requests: number,
  windowSeconds: number,
  algorithm: RateLimit['algorithm'] = 'sliding-window',
): StudySource => ({
  study: 'k6.rateLimit()',
  plan: '{ clients: k6.scripted({ users: 1, durationSeconds: 1 }) }',
  declarations: `const limited = defineEndpoint({ ...service.systemStats, rateLimit: { requests: ${requests}, windowSeconds: ${windowSeconds}, algorithm: '${algorithm}' } });`,
  endpoints: '[limited]',
});

/** Flags of a backend whose `system-stats` has such a limit; 60 are declared. */
export const limitFlags = (requests: number, windowSeconds: number): string[] => [
  '--limit-scale',
  `system-stats=${requests / 60}`,
  '--rate-limit-window-seconds',
  String(windowSeconds),
];
