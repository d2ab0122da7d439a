import { percentileFor } from '../../compare/outlook.ts';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import { isDeclared } from '../../core/spec/not-declared.ts';
import { formatCount, formatDuration, formatMs } from '../../core/spec/units.ts';
import type { Side } from '../../results/ab-record.ts';

/** How far the runs of an ab are. */
export interface AbProgress {
  readonly side: Side;
  readonly pair: number;
  /** Runs that are done, this one with them. */
  readonly done: number;
  /** Runs that are planned, as far as it is known. */
  readonly planned: number;
  readonly secondsSoFar: number;
  readonly isSelfCheck: boolean;
  /** Why the pair of this run will not count, if it will not: `its machine was 100 % busy`. */
  readonly unfit?: string;
}

/** The line after a run: which one it was, what it measured, and how long the rest takes. */
export function describeProgress(
  { side, pair, done, planned, secondsSoFar, isSelfCheck, unfit }: AbProgress,
  summary: Seen | undefined,
): string {
  const which = isSelfCheck ? `base against base, ${side === 'base' ? 'first' : 'second'} side` : side;
  const left = planned - done;
  const rest = left === 0 ? '' : `; about ${formatDuration(Math.round((secondsSoFar / done) * left))} left`;
  const seen = summary === undefined ? 'no summary' : figures(summary);
  const lost = unfit === undefined ? '' : `; ${unfit}: this pair will not count`;
  return `Run ${done} of ${planned} (pair ${pair}, ${which}): ${seen}${lost}${rest}`;
}

type Seen = Pick<StoredRun, 'totals' | 'verdict' | 'reasons'>;

function figures({ totals, verdict, reasons }: Seen): string {
  const p95 = totals.latencyMs.ok.p95 === undefined ? '' : `, p95 ${formatMs(totals.latencyMs.ok.p95)}`;
  return `${formatCount(totals.requests)} requests${p95}${verdict === 'pass' ? '' : `, ${verdictText(verdict)} (${reasons[0] ?? 'no reason'})`}`;
}

/** After the first run: what its replies will decide, as the rest will have about as many. */
export function describeReplies({ endpoints }: Pick<StoredRun, 'endpoints'>): string {
  const counts = endpoints.filter(isDeclared).map(({ outcomes }) => outcomes.ok ?? 0);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const range = fewest === most ? formatCount(most) : `${formatCount(fewest)} to ${formatCount(most)}`;
  const [lowest, highest] = [percentileFor(fewest), percentileFor(most)];
  if (highest === undefined) return `successful responses of each endpoint: ${range}; too few to compare any latency`;
  const decides = lowest === highest ? highest : `${highest} or a lower percentile`;
  return `successful responses of each endpoint: ${range}; by them the ${decides} decides`;
}
