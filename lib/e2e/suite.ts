import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { JointRecord } from '../report/model/joint-record.ts';
import type { Report } from '../report/model/report.ts';
import { callTool, projectRoot, temporaryFolder } from './tool.ts';

/** What a suite left. */
export interface StoredSuite {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly markdown: string;
  readonly report: Report;
  readonly runs: readonly RunSummary[];
}

/** Runs LOAD-CONCURRENT-001 to its end. */
export function runSuite(environment: Record<string, string>, ...args: string[]): Promise<StoredSuite> {
  return runSuiteOf(projectRoot, environment, ...args);
}

/** The same, with the scenarios of another project. */
export async function runSuiteOf(
  project: string,
  environment: Record<string, string>,
  ...args: string[]
): Promise<StoredSuite> {
  const results = temporaryFolder();
  const { exitCode, stdout, stderr } = await callTool(
    ['suite', 'load-concurrent', '--results', results, ...args],
    environment,
    project,
  );
  const folder = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new Error(`No ${file} (exit code ${exitCode}):\n${stdout}\n${stderr}`, { cause: error });
    }
  };
  const report = JSON.parse(read(path.join(folder, 'report.json'))) as Report;
  const { runIds } = JSON.parse(read(path.join(folder, 'joint.json'))) as JointRecord;
  return {
    exitCode,
    stdout,
    stderr,
    report,
    markdown: read(path.join(folder, 'report.md')),
    runs: runIds.map((id) => JSON.parse(read(path.join(results, id, 'summary.json'))) as RunSummary),
  };
}
