import { spawn } from 'node:child_process';
import { cpSync, createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { findK6 } from '../../k6-binary/find-k6.ts';
import { NO_OTHER_K6 } from '../../k6-binary/no-other-k6.ts';
import { temporaryFolder } from '../tool.ts';
import { type CountedRows, rowKey } from './against-service.ts';
import { countsRows, rowOf, type Sample } from './row-of.ts';
import type { Places, ScriptCase } from './script-case.ts';
import { k6ArgumentsOf } from './tables.ts';

/** What a script did under `k6 run`, without us. */
export interface PlainRun {
  readonly exitCode: number | null;
  /** What k6 wrote, for who must see why. */
  readonly said: string;
  /** The rows of the load. */
  readonly rows: CountedRows;
  /** HTTP requests by status, those of setup() and teardown() too. */
  readonly statuses: ReadonlyMap<string, number>;
  /** What lies in k6's working folder. */
  readonly files: readonly string[];
}

/** Runs a script as its owner does: from a folder that is not the script's, which its handleSummary writes into. */
export async function runPlain(script: ScriptCase, places: Places): Promise<PlainRun> {
  const [workingFolder, scratch] = [temporaryFolder(), temporaryFolder()];
  // k6 opens the files of a script that it reads from standard input in its working folder: that must be the script's.
  if (script.needsBundle) cpSync(places.folder, workingFolder, { recursive: true });
  const filesBefore = readdirSync(workingFolder);
  const samples = path.join(scratch, 'samples.json');
  const file = path.join(places.folder, script.script);
  const given = k6ArgumentsOf(script, places, scratch);
  const args = ['run', '--quiet', '--no-color', '--out', `json=${samples}`, ...given, script.needsBundle ? '-' : file];
  const input = script.needsBundle ? await bundleOf(file) : '';
  const { exitCode, said } = await callK6(args, workingFolder, input, script.environment);
  const files = readdirSync(workingFolder).filter((each) => !filesBefore.includes(each));
  return { exitCode, said, files: files.sort(), ...(await readSamples(samples)) };
}

/** As a team's own build would make it. */
async function bundleOf(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['k6', 'k6/*'],
  });
  return outputFiles[0]?.text ?? '';
}

async function callK6(args: readonly string[], cwd: string, input: string, environment = {}) {
  const { path: k6 } = await findK6();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(k6, args, {
    cwd,
    env: { PATH, HOME, K6_NO_USAGE_REPORT: 'true', ...environment, ...NO_OTHER_K6 },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, said };
}

async function readSamples(file: string): Promise<Pick<PlainRun, 'rows' | 'statuses'>> {
  const rows = new Map<string, number>();
  const statuses = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { type, metric, data } = JSON.parse(line) as { type: string; metric: string; data: Omit<Sample, 'metric'> };
    if (type !== 'Point' || !countsRows(metric)) continue;
    const { status = '', group = '' } = data.tags;
    if (metric === 'http_reqs') count(statuses, status);
    const row = rowOf({ metric, tags: data.tags });
    if (row !== undefined && !/^::(setup|teardown)(::|$)/.test(group)) count(rows, rowKey({ group, row }));
  }
  return { rows, statuses };
}
