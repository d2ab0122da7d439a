import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { Study, StudyKind } from '../core/questions/table.ts';
import type { RateLimit } from '../core/spec/endpoint.ts';
import type { Truth } from '../reference/backend/truth.ts';
import type { Report } from '../report/model/report.ts';
import { type RunningBackend, type StartBackendOptions, startBackend } from '../testing/start-backend.ts';
import { makeProject, OWN_SCENARIO, type OwnTest } from './own-project.ts';
import { callTool } from './tool.ts';
import { expectSumsToAgree } from './truth.ts';

/** A scenario with a question of its own, as its file would say it. */
export type StudySource = OwnTest & { readonly study: string };

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
 * Nothing here hangs on the test that is running, so that tests can run side by side. What is told of it must agree.
 */
export async function runStudy<Kind extends StudyKind>(
  kind: Kind,
  source: StudySource,
  backendOptions: StartBackendOptions,
  environment: Readonly<Record<string, string>> = {},
): Promise<StudyRun<Kind>> {
  const folder = makeProject(source);
  let backend: RunningBackend | undefined;
  try {
    backend = await startBackend(backendOptions);
    const end = await callTool(
      ['run', OWN_SCENARIO],
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
    const run = {
      exitCode: end.exitCode,
      output,
      summary,
      study: summary.study as StudyRun<Kind>['study'],
      report: JSON.parse(read('report.json')) as Report,
      truth: await backend.readTruth(),
    };
    expectToBeToldAlike(run);
    return run;
  } finally {
    await backend?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whatever is answered: the sums agree, and summary, report, exit code and terminal have one verdict. */
function expectToBeToldAlike({ exitCode, output, summary, report }: StudyRun<StudyKind>): void {
  expectSumsToAgree(summary);
  expect(summary.totals.requests).toBeGreaterThan(0);
  expect(report.studies.map(({ study }) => study)).toEqual([summary.study]);
  expect(report.verdict).toBe(summary.verdict);
  expect(exitCode, output).toBe(summary.verdict === 'pass' ? 0 : 99);
  expect(output).toContain(report.studies[0]?.headline);
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
