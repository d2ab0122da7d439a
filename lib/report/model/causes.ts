import type { Cause, StoredEndpoint } from '../../core/measure/measured.ts';
import { OUTCOME_LABELS, type Outcome } from '../../core/measure/outcome.ts';
import { present } from '../../core/spec/present.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';

/** Why requests failed, as a report says it. */
export interface CauseRow extends Cause {
  /** `status 503`, `connection reset (read: connection reset by peer)`. */
  readonly words: string;
}

/**
 * Why requests of an endpoint failed, over all runs that have it: the commonest first.
 * @param parts the endpoint in each run; the 429 of a limit that its run declares are no failures
 */
export function causesOf(parts: readonly StoredEndpoint[]): Cause[] {
  return together(
    parts.flatMap(({ causes = [], rateLimit }) =>
      rateLimit === undefined ? causes : causes.filter(({ outcome }) => outcome !== 'rate_limited'),
    ),
  );
}

/** A reply is named by its status, the lack of one by what it is called, and by what k6 says of it. */
export function causeWords({ outcome, status, errorCode, text }: Omit<Cause, 'count'>): string {
  if (status !== undefined) return `status ${status}`;
  const label = OUTCOME_LABELS[outcome];
  const said = text ?? (errorCode === undefined ? undefined : `error ${errorCode} of k6`);
  return said === undefined || said === label ? label : `${label} (${said})`;
}

/** `status 503: 40, status 500: 2`. */
export function causesText(causes: readonly Cause[]): string {
  return causes.map((cause) => `${causeWords(cause)}: ${formatCount(cause.count)}`).join(', ');
}

type WithCauses = Pick<StoredEndpoint, 'causes'>;

/** `; status 503: 40, status 500: 2`, to stand behind what it explains; nothing where no cause was recorded. */
export function causesBehind({ causes = [] }: WithCauses, outcomes: readonly Outcome[]): string {
  const own = causes.filter(({ outcome }) => outcomes.includes(outcome));
  return own.length === 0 ? '' : `; ${causesText(own)}`;
}

/** More of them are in the tables. */
const MOST_LINES = 5;

/** What k6 says of requests without a reply, a line for each cause, over all of these endpoints. */
export function causeLines(endpoints: readonly WithCauses[], outcomes: readonly Outcome[]): string[] {
  const own = endpoints.flatMap(({ causes = [] }) => causes.filter(({ outcome }) => outcomes.includes(outcome)));
  return together(own)
    .slice(0, MOST_LINES)
    .map((cause) => `${causeWords(cause)}: ${counted(cause.count, 'request')}`);
}

function together(causes: readonly Cause[]): Cause[] {
  const sums = new Map<string, Cause>();
  for (const { outcome, status, errorCode, text, count } of causes) {
    const key = JSON.stringify([outcome, status, errorCode, text]);
    const before = sums.get(key)?.count ?? 0;
    sums.set(key, present({ outcome, count: before + count, status, errorCode, text }));
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
