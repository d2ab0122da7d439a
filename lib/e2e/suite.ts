import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunSummary } from '../core/run-summary.ts';
import type { JointReport } from '../report/joint-model.ts';
import { callTool, temporaryFolder } from './tool.ts';

/** What a suite left. */
export interface StoredSuite {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly markdown: string;
  readonly report: JointReport;
  readonly runs: readonly RunSummary[];
}

/** Runs LOAD-CONCURRENT-001 to its end. */
export async function runSuite(environment: Record<string, string>, ...args: string[]): Promise<StoredSuite> {
  const results = temporaryFolder();
  const { exitCode, stdout, stderr } = await callTool(
    ['suite', 'load-concurrent', '--results', results, ...args],
    environment,
  );
  const folder = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new Error(`No ${file} (exit code ${exitCode}):\n${stdout}\n${stderr}`, { cause: error });
    }
  };
  const report = JSON.parse(read(path.join(folder, 'report.json'))) as JointReport;
  const { runIds } = JSON.parse(read(path.join(folder, 'joint.json'))) as JointReport['record'];
  return {
    exitCode,
    stdout,
    report,
    markdown: read(path.join(folder, 'report.md')),
    runs: runIds.map((id) => JSON.parse(read(path.join(results, id, 'summary.json'))) as RunSummary),
  };
}
