/**
 * How often a comparison is wrong, measured on real k6 runs: `npm run test:noise -- <part> [repetitions]`.
 * Each repetition is one `ab` of 5 pairs of short runs (a second look where the first leaves something open), the
 * reference backend started anew for each run. Results are kept, one line per repetition, so that a part can be
 * measured in several sittings.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Comparison } from '../../compare/comparison.ts';
import { exactInterval } from '../../compare/distributions.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = path.join(root, 'results', 'noise');

const SLOWED = 'projects';
/**
 * One reply of ten takes twice as long, so that p95 lies in the tail; of one endpoint 7 %, so that its p95 now and
 * then falls off the step between the two. One reply of 500 is an error.
 */
const DELAY_MS = 20;

const PARTS = {
  aa: { factor: 1, repetitions: 40 },
  'slower-10': { factor: 1.1, repetitions: 15 },
  'slower-20': { factor: 1.2, repetitions: 15 },
} as const;

type PartName = keyof typeof PARTS;

/** What is kept of one repetition. */
interface Repetition {
  readonly decision: Comparison['decision'];
  readonly looks: number;
  readonly pairs: number;
  readonly regressed: readonly string[];
  readonly noise: Readonly<Record<string, number>>;
}

const [name = '', wanted] = process.argv.slice(2);
if (!Object.hasOwn(PARTS, name)) {
  console.error(`usage: npm run test:noise -- <${Object.keys(PARTS).join(' | ')}> [repetitions]`);
  process.exit(2);
}
const part = name as PartName;
const repetitions = wanted === undefined ? PARTS[part].repetitions : Number(wanted);
mkdirSync(folder, { recursive: true });
const record = path.join(folder, `${part}.jsonl`);

for (let i = 1; i <= repetitions; i += 1) {
  const repetition = await repeat(part);
  appendFileSync(record, `${JSON.stringify(repetition)}\n`);
  console.log(
    `${part} ${i} of ${repetitions}: ${repetition.decision} (${repetition.pairs} pairs)${repetition.regressed.length > 0 ? `: ${repetition.regressed.join(', ')}` : ''}`,
  );
}
process.exitCode = report(readAll(record));

async function repeat(which: PartName): Promise<Repetition> {
  const results = path.join(folder, `runs-${process.pid}`);
  rmSync(results, { recursive: true, force: true });
  await runAb(which, results);
  const [ab = ''] = readdirSync(results).filter((each) => each.includes('-ab-'));
  const file = path.join(results, ab, 'comparison.json');
  if (!existsSync(file)) throw new Error(`ab left no comparison in ${results}`);
  const comparison = JSON.parse(readFileSync(file, 'utf8')) as Comparison;
  rmSync(results, { recursive: true, force: true });
  const nameOf = ({ metric, endpoint }: Comparison['rows'][number]) => `${endpoint ?? 'all'} ${metric}`;
  return {
    decision: comparison.decision,
    looks: comparison.look[0],
    pairs: comparison.rows[0]?.baseValues.length ?? 0,
    regressed: comparison.rows
      .filter(({ family, state }) => family !== 'information' && state === 'regressed')
      .map(nameOf),
    noise: Object.fromEntries(
      comparison.rows.flatMap((row) => (row.noiseCv === undefined ? [] : [[nameOf(row), row.noiseCv] as const])),
    ),
  };
}

function runAb(which: PartName, results: string): Promise<void> {
  const port = 55_000 + (process.pid % 5_000);
  const url = `http://127.0.0.1:${port}`;
  const start = (factor: number) => {
    const ms = Math.round(DELAY_MS * factor);
    return `"${process.execPath}" lib/reference/backend/start.mjs --port ${port} --no-rate-limits --delay-ms ${DELAY_MS} --delay-ms ${SLOWED}=${ms} --error-share 0.002 --slow-share 0.1 --slow-share agents-active=0.07 --slow-delay-ms ${2 * DELAY_MS} --slow-delay-ms ${SLOWED}=${2 * ms}`;
  };
  const { factor } = PARTS[which];
  const head = factor === 1 ? ['--aa'] : ['--head-url', url, '--head-start', start(factor), '--head-dir', root];
  const load = [
    '--vus',
    '60',
    '--think-time',
    '40ms',
    '--duration',
    '3s',
    '--warm-up',
    '1s',
    '--request-timeout',
    '2s',
  ];
  const args = ['--', 'lib/cli/start.mjs', 'ab', '--scenario', 'sustained'];
  const base = ['--base-url', url, '--base-start', start(1), '--base-dir', root, '--results', results];
  const child = spawn(process.execPath, [...args, ...base, ...head, ...load], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code !== null && [0, 1, 4].includes(code)) resolve();
      else reject(new Error(`ab ended with exit code ${code}: ${words}`));
    });
  });
}

function readAll(file: string): Repetition[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Repetition);
}

/** @returns the exit code: 1 where these repetitions rule out that at most 5 % of base against base fail */
function report(all: readonly Repetition[]): number {
  const count = (holds: (repetition: Repetition) => boolean) => all.filter(holds).length;
  const failed = count(({ decision }) => decision === 'fail');
  const isSelfCheck = PARTS[part].factor === 1;
  const rightly = isSelfCheck ? failed : count(({ regressed }) => regressed.includes(`${SLOWED} p95`));
  const [low, high] = exactInterval(rightly, all.length);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(`\n${part}, all ${all.length} repetitions on record:`);
  for (const decision of ['pass', 'fail', 'inconclusive', 'incomparable'] as const)
    console.log(`  ${decision}: ${count((repetition) => repetition.decision === decision)}`);
  console.log(`  second looks: ${count(({ looks }) => looks === 2)}`);
  console.log(
    `  ${isSelfCheck ? 'false alarms' : `caught (${SLOWED} p95 regressed)`}: ${rightly} of ${all.length} (${percent(rightly / all.length)}, exact 95 % interval ${percent(low)} to ${percent(high)})`,
  );
  const rows = [...new Set(all.flatMap(({ noise }) => Object.keys(noise)))];
  console.log('  run-to-run noise (median over repetitions, and the largest):');
  for (const row of rows) {
    const values = all.flatMap(({ noise }) => noise[row] ?? []).sort((a, b) => a - b);
    console.log(`    ${row}: ${percent(values[Math.floor(values.length / 2)] ?? 0)}, ${percent(values.at(-1) ?? 0)}`);
  }
  return isSelfCheck && low > 0.05 ? 1 : 0;
}
