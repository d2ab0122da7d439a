import type { StoredThreshold } from '../judge/threshold.ts';
import { baseOf, type K6FileMetric, tagsOf } from './k6-file.ts';

/** A limit of k6's own: `p(95)<500`. */
export interface Expression {
  readonly statistic: string;
  readonly operator: StoredThreshold['operator'];
  readonly limit: number;
}

/**
 * Whether a limit holds whatever the service does. Scripts have such ones, `max>=0` or `rate>=0`, since k6 keeps
 * figures by tag only where a threshold names the tag; nothing can be judged by them.
 * @param durationSeconds how long the run lasted, where that is known
 */
export function isIdle(
  name: string,
  metric: K6FileMetric,
  expression: Expression,
  durationSeconds: number | undefined,
): boolean {
  const range = rangeOf(name, metric, expression.statistic, durationSeconds);
  return holdsThroughout(expression, range) || asksOnlyForSomething(name, expression, durationSeconds);
}

/** What a figure can be at all. */
interface Range {
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

function holdsThroughout({ operator, limit }: Expression, { least, most, isWhole }: Range): boolean {
  switch (operator) {
    case '>=':
      return limit <= least;
    case '>':
      return limit < least;
    case '<=':
      return limit >= most;
    case '<':
      return limit > most;
    case '!=':
      return limit < least || limit > most || (isWhole && !Number.isInteger(limit));
    case '==':
      return false;
  }
}

/** What k6 counts of its own work, whatever comes back. */
const WORK = /^(http_reqs|http_req_(?!failed$)\w+|iterations|iteration_duration|data_sent|data_received|vus|vus_max)$/;

/** Tags by which replies differ: a number of these says something of the service. */
const REPLY_TAGS = ['status', 'error_code', 'error', 'expected_response'];

/** `count>=1` of requests, a rate of less than one in the whole run, or `max>0` of their durations: whoever sends one has it. */
function asksOnlyForSomething(
  name: string,
  { statistic, operator, limit }: Expression,
  durationSeconds: number | undefined,
): boolean {
  if (!WORK.test(baseOf(name)) || REPLY_TAGS.some((tag) => tag in tagsOf(name))) return false;
  const isPerSecond = statistic === 'rate' && durationSeconds !== undefined && operator.startsWith('>');
  if (isPerSecond && limit * durationSeconds < 1) return true;
  if (operator === '>' || operator === '!=') return limit === 0;
  return operator === '>=' && statistic === 'count' && limit <= 1;
}

function rangeOf(
  name: string,
  { kind, isTime, values }: K6FileMetric,
  statistic: string,
  durationSeconds: number | undefined,
): Range {
  const isOfK6 = OF_K6.test(baseOf(name));
  if (kind === 'rate') return { least: 0, most: 1, isWhole: false };
  if (kind === 'counter') {
    const perSecond = mostPerSecond(name);
    const most = statistic === 'rate' ? perSecond : perSecond * Math.max(1, durationSeconds ?? LONGEST_SECONDS);
    return { least: leastOf(values), most, isWhole: isOfK6 && statistic === 'count' };
  }
  if (kind === 'trend' && isTime) return { least: 0, most: mostMs(durationSeconds), isWhole: false };
  // Whoever asks for the least of what may be below zero means it.
  const canBeNegative = !isOfK6 && (statistic === 'min' || statistic === 'p(0)');
  return { least: canBeNegative ? Number.NEGATIVE_INFINITY : leastOf(values), most: UNREACHABLE, isWhole: false };
}

const OF_K6 =
  /^(http_req\w*|iterations?\w*|vus\w*|data_\w+|checks|dropped_iterations|group_duration|grpc_\w+|ws_\w+|browser_\w+)$/;

/** Custom figures can be negative; as long as none is, a limit of 0 asks for nothing. */
function leastOf(values: K6FileMetric['values']): number {
  return Object.values(values).some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
}

const LONGEST_SECONDS = 30 * 86_400;

/** More than one machine counts in a second, in bytes or in anything else. */
function mostPerSecond(name: string): number {
  return /^data_/.test(baseOf(name)) ? 1e11 : 1e6;
}

/** A request lasts no longer than the run that it is in, and k6 gives up long before an hour. */
function mostMs(durationSeconds: number | undefined): number {
  return Math.max(LEAST_ABSURD_MS, (durationSeconds ?? 0) * 1000);
}

/** Nobody waits so long for a reply: a limit of it or more is there for its figures alone. */
const LEAST_ABSURD_MS = 600_000;

const UNREACHABLE = Number.MAX_SAFE_INTEGER;
