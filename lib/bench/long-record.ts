import { closeSync, openSync, writeSync } from 'node:fs';
import { keyOf } from '../core/measure/record/histogram.ts';
import {
  type PeriodEntry,
  RECORD_FORMAT,
  type RecordLine,
  type SeriesLine,
} from '../core/measure/record/record-format.ts';

const HOURS = 4;
const ROWS = 200;
const REQUESTS_PER_SECOND = 60;
const FAILED_SHARE = 0.01;
/** As in the recorder (config.go): periods double whenever the record has grown by so much. */
const STRETCH_BYTES = 8 * 1024 * 1024;
const LIMIT_MS = 150;
const MEDIAN_MS = 100;
/** Of the logarithm of latencies. */
const SPREAD = 0.4;

interface Bucket {
  readonly key: number;
  /** In the middle of it. */
  readonly ms: number;
  readonly share: number;
}

export interface LongRecord {
  readonly bytes: number;
  readonly periods: number;
}

/** Writes what the recorder would leave of hours at 200 rows. What is in it is drawn, the same in each call. */
export function writeLongRecord(file: string): LongRecord {
  const out = openSync(file, 'w');
  const random = randomNumbers(21);
  let bytes = 0;
  const write = (line: RecordLine): number => {
    const written = writeSync(out, `${JSON.stringify(line)}\n`);
    bytes += written;
    return written;
  };
  const rows = Array.from({ length: ROWS }, (_, row) => seriesOf(row)).flat();
  write({ type: 'start', format: RECORD_FORMAT, atMs: 0, options: {} });
  for (const series of rows) write(series);
  let [seconds, length, grown, periods] = [0, 1, 0, 0];
  for (; seconds < HOURS * 3600; periods += 1) {
    const entries = rows.flatMap(({ id, limits }) => {
      const rate = REQUESTS_PER_SECOND * (limits === undefined ? FAILED_SHARE : 1 - FAILED_SHARE);
      const entry = entryOf(rate * length, limits !== undefined, random);
      return entry === undefined ? [] : [[id, entry] as const];
    });
    const period = { fromMs: seconds * 1000, toMs: (seconds + length) * 1000, series: Object.fromEntries(entries) };
    grown += write({ type: 'period', ...period });
    seconds += length;
    if (grown >= STRETCH_BYTES) [length, grown] = [2 * length, 0];
  }
  write({ type: 'end', atMs: seconds * 1000 });
  closeSync(out);
  return { bytes, periods };
}

/** What was ok, with a limit, and what failed. */
function seriesOf(row: number): SeriesLine[] {
  const common = { type: 'series', metric: 'http_req_duration', kind: 'trend', contains: 'time' } as const;
  const tags = { endpoint: `endpoint-${row}`, phase: 'load' };
  return [
    { ...common, id: 2 * row, tags: { ...tags, status: '200', expected_response: 'true' }, limits: [LIMIT_MS] },
    { ...common, id: 2 * row + 1, tags: { ...tags, status: '503', expected_response: 'false' } },
  ];
}

const BUCKETS = logNormalBuckets();

/** The share of latencies in each bucket, where it is not next to nothing. */
function logNormalBuckets(): Bucket[] {
  const shares = new Map<number, Bucket>();
  const steps = 200_000;
  for (let i = 0; i < steps; i += 1) {
    const z = -5 + (10 * (i + 0.5)) / steps;
    const ms = MEDIAN_MS * Math.exp(SPREAD * z);
    const share = ((10 / steps) * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI);
    const key = keyOf(ms);
    shares.set(key, { key, ms, share: share + (shares.get(key)?.share ?? 0) });
  }
  return [...shares.values()].sort((a, b) => a.key - b.key);
}

function entryOf(expected: number, hasLimit: boolean, random: () => number): PeriodEntry | undefined {
  const drawn = BUCKETS.map((bucket) => ({ ...bucket, count: poisson(expected * bucket.share, random) })).filter(
    ({ count }) => count > 0,
  );
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const count = drawn.reduce((total, each) => total + each.count, 0);
  const sum = drawn.reduce((total, each) => total + each.count * each.ms, 0);
  const buckets = drawn.flatMap(({ key, count: ofKey }, i) => [key - (drawn[i - 1]?.key ?? 0), ofKey]);
  const figures = [count, sum, first.ms, last.ms, buckets] as const;
  if (!hasLimit) return figures;
  const below = drawn.filter(({ ms }) => ms < LIMIT_MS);
  const above = drawn.filter(({ ms }) => ms >= LIMIT_MS);
  const beyond = above.reduce((total, each) => total + each.count, 0);
  return [...figures, [[beyond, below.at(-1)?.ms ?? null, above[0]?.ms ?? null]]];
}

/** Knuth's way for small means; a rounded normal for others, which is near enough for the size of a record. */
function poisson(mean: number, random: () => number): number {
  if (mean > 30) {
    const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * z));
  }
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count += 1;
  return count;
}

/** Mulberry32, of https://github.com/bryc/code/blob/master/jshash/PRNGs.md: 0 to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
