import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RECORDER_VARIABLE } from '../core/measure/record/recorder-config.ts';
import { encodeRunOrder } from '../core/spec/run-order.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { NO_OTHER_K6 } from '../k6-binary/no-other-k6.ts';
import { bundleScenario } from '../run/k6/bundle-scenario.ts';
import { k6RunArguments, recordingArguments } from '../run/k6/k6-process.ts';
import { measureProcess } from './processes.ts';

/** Which script k6 runs, and what keeps its figures. */
export interface Side {
  readonly script: 'wide' | 'bare' | 'journey' | 'bare-journey' | 'burst';
  /** k6's own engine and its summary; our recorder, with the engine off; both, as a script of somebody else is run; or nothing. */
  readonly figures: 'k6' | 'recorder' | 'both' | 'none';
}

/** Our scenario as the tool runs it. */
export const OURS: Side = { script: 'wide', figures: 'recorder' };
/** What people would run without us. */
export const BARE: Side = { script: 'bare', figures: 'k6' };
/** Journeys of ours, and what people would write for k6 alone. */
export const JOURNEYS: Side = { script: 'journey', figures: 'recorder' };
export const BARE_JOURNEYS: Side = { script: 'bare-journey', figures: 'k6' };
/** The same as `run path/to/script.js` runs it. */
export const SCRIPT: Side = { script: 'bare', figures: 'both' };

const SOURCES: Readonly<Record<Side['script'], string>> = {
  wide: './scenarios/wide.ts',
  bare: './scenarios/bare.ts',
  journey: './scenarios/journey.ts',
  'bare-journey': './scenarios/bare-journey.ts',
  burst: '../../scenarios/rapid-fire.ts',
};

/** @param script is bundled into the folder, as the tool does it */
export async function bundleFor(folder: string, script: Side['script']): Promise<void> {
  await bundleScenario(fileURLToPath(new URL(SOURCES[script], import.meta.url)), bundleOf(folder, script));
}

function bundleOf(folder: string, script: Side['script']): string {
  return path.join(folder, `${script}.js`);
}

/** The CPU time in seconds of a whole k6 process, start and end included, by k6's defaults of the garbage collector. */
export async function cpuSecondsOf(
  k6: K6Binary,
  folder: string,
  { script, figures }: Side,
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  const record = path.join(folder, 'record.ndjson');
  rmSync(record, { force: true });
  const keeping = {
    k6: [],
    recorder: recordingArguments(record),
    both: [`--out=verdict=${record}`],
    none: recordingArguments(record).filter((each) => !each.startsWith('--out')),
  }[figures];
  const command = [k6.path, ...k6RunArguments(bundleOf(folder, script), keeping)];
  const env = { ...withUsualCollector(process.env), ...orderOf(folder, figures), ...variables };
  const { cpuSeconds, exitCode } = await measureProcess(command, env, folder);
  if (exitCode !== 0) throw new Error(`k6 with ${script} ended with exit code ${exitCode}`);
  return cpuSeconds;
}

/** Whoever starts the benchmark may have settings of their own. */
export function withUsualCollector({ GOGC: _, GOMEMLIMIT: __, ...others }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...others, ...NO_OTHER_K6 };
}

/** What the tool tells our script; a bare one reads nothing of it. */
export function orderOf(folder: string, figures: Side['figures']): Record<string, string> {
  const order = encodeRunOrder({
    isRecorded: figures !== 'k6',
    summaryFile: path.join(folder, 'measured.json'),
    measuresAtRest: false,
  });
  return figures === 'both' ? { ...order, [RECORDER_VARIABLE]: JSON.stringify({ rows: true }) } : order;
}
