import type { StoredRun } from '../core/judge/run-summary.ts';
import { formatActual, formatLimit } from '../core/spec/figure-text.ts';
import { named } from '../core/spec/words.ts';
import type { Arranged } from './design.ts';
import type { ComparisonPolicy } from './policy.ts';

type Allowance = Pick<ComparisonPolicy, 'mostBusyShare'>;

/** Why a run must be left out. */
export interface Unfit {
  readonly kind: 'incomplete' | 'dropped' | 'not delivered' | 'busy';
  /** Of this run: `its machine was 100 % busy`. */
  readonly reason: string;
  /** What differs from run to run of this kind: `100 %`. */
  readonly figure?: string;
}

/** A generator that was busier measured itself. */
const MOST_BUSY_SHARE = 0.8;

/** Why a run must be left out, whatever it found: fixed beforehand, and blind to the result. */
export function unfitnessOf(run: StoredRun, policy: Allowance): Unfit | undefined {
  const { verdict, load } = run;
  if (verdict === 'incomplete') return { kind: 'incomplete', reason: 'it is incomplete' };
  const { completed = 0, failed = 0, dropped = 0 } = load.iterations ?? {};
  if (dropped > 0.01 * (completed + failed + dropped))
    return { kind: 'dropped', reason: 'more than 1 % of its planned load was dropped' };
  if (verdict === 'invalid_load') return { kind: 'not delivered', reason: 'its load was not delivered' };
  return tooBusyToCompare(run, policy);
}

/** The one place that says when a machine was too busy for its run to be compared. */
function tooBusyToCompare({ host }: Pick<StoredRun, 'host'>, policy: Allowance): Unfit | undefined {
  const share = host?.cpuBusyShare ?? 0;
  if (share <= allowedShare(policy)) return undefined;
  const figure = formatActual(share, allowedShare(policy), 'share');
  return { kind: 'busy', reason: `its machine was ${figure} busy`, figure };
}

function allowedShare({ mostBusyShare }: Allowance): number {
  return mostBusyShare ?? MOST_BUSY_SHARE;
}

/**
 * Whether the machine is quiet enough, in words: `quiet enough: the machine was 35 % busy, and may be 80 %`.
 * @returns undefined where it is not, or nobody knows
 */
export function describeQuiet({ host }: Pick<StoredRun, 'host'>, policy: Allowance): string | undefined {
  const share = host?.cpuBusyShare;
  const allowed = allowedShare(policy);
  if (share === undefined || share > allowed) return undefined;
  return `quiet enough: the machine was ${formatActual(share, allowed, 'share')} busy, and may be ${formatLimit(allowed, 'share')}`;
}

/** What helps where the machine is too busy. */
export const BUSY_ADVICE =
  'let nothing else use the machine, take a larger one, send less load (--vus, --rate, --think-time), or allow more: "comparison": { "mostBusyShare": 0.9 } in package.json';

const ADVICE: Readonly<Record<Unfit['kind'], string>> = {
  incomplete: 'see in the reports of these runs why they ended early',
  dropped: 'send less load (--rate), or allow more users',
  'not delivered': 'see in the reports of these runs what kept the load from being sent, or send less (--vus, --rate)',
  busy: BUSY_ADVICE,
};

/**
 * Why further pairs would be a waste: two of them cannot count, and more cannot than can.
 * @param pairs those that are done, each with why it cannot count, if it cannot
 * @returns in words, with what to do; undefined where it makes sense to go on
 */
export function describeHopeless(
  pairs: readonly (Unfit | undefined)[],
): { readonly why: string; readonly todo: string } | undefined {
  const unfit = pairs.filter((each) => each !== undefined);
  if (unfit.length < 2 || unfit.length <= pairs.length - unfit.length) return undefined;
  const kinds = [...new Set(unfit.map(({ kind }) => kind))];
  const count = (kind: Unfit['kind']) => unfit.filter((each) => each.kind === kind).length;
  const reasons = kinds.map((kind) => (kinds.length === 1 ? REASONS[kind] : `${REASONS[kind]} (${count(kind)})`));
  return {
    why: `${unfit.length} of them cannot be compared: ${reasons.join(', ')}`,
    todo: kinds.map((kind) => ADVICE[kind]).join('; '),
  };
}

const REASONS: Readonly<Record<Unfit['kind'], string>> = {
  incomplete: 'a run is incomplete',
  dropped: 'more than 1 % of the planned load was dropped',
  'not delivered': 'the load was not delivered',
  busy: 'the machine was busy',
};

interface LeftOut extends Unfit {
  readonly runId: string;
}

/**
 * Leaves out what is not fit to be compared, of pairs the whole pair.
 * @returns what is kept, and one note for each reason
 */
export function withoutUnfit(
  arranged: Arranged,
  policy: Allowance,
): { readonly kept: Arranged; readonly notes: readonly string[] } {
  const { design, base, head } = arranged;
  const unfitIn = (runs: readonly StoredRun[]): LeftOut[] =>
    runs.flatMap((run) => {
      const unfit = unfitnessOf(run, policy);
      return unfit === undefined ? [] : [{ ...unfit, runId: run.runId }];
    });
  if (design !== 'paired') {
    const leftOut = [...base, ...head].map((run) => unfitIn([run])).filter((each) => each.length > 0);
    const isFit = (run: StoredRun) => unfitnessOf(run, policy) === undefined;
    return {
      kept: { ...arranged, base: base.filter(isFit), head: head.filter(isFit) },
      notes: notesOf(leftOut, base.length + head.length, 'runs', policy),
    };
  }
  const pairs = base.map((each, i) => unfitIn([each, ...head.slice(i, i + 1)]));
  const ofPairs = (runs: readonly StoredRun[]) => runs.filter((_, i) => pairs[i]?.length === 0);
  return {
    kept: { ...arranged, base: ofPairs(base), head: ofPairs(head) },
    notes: notesOf(
      pairs.filter((each) => each.length > 0),
      base.length,
      'pairs',
      policy,
    ),
  };
}

/** One note for each kind. A pair counts for the reason of its first run that has one. */
function notesOf(
  leftOut: readonly (readonly LeftOut[])[],
  total: number,
  what: 'pairs' | 'runs',
  policy: Allowance,
): string[] {
  const kinds = new Set(leftOut.flatMap(([first]) => first?.kind ?? []));
  return [...kinds].map((kind) => {
    const own = leftOut.filter(([first]) => first?.kind === kind);
    const runs = own.flat().map((run) => describeLeftOut(run, kind));
    const [why, advice] =
      kind === 'busy'
        ? [`the machine was over ${formatLimit(allowedShare(policy), 'share')} busy`, ` To do: ${BUSY_ADVICE}.`]
        : [REASONS[kind], ''];
    return `${own.length} of ${total} ${what} left out: ${why} (${named(runs)}).${advice}`;
  });
}

function describeLeftOut({ runId, kind, figure, reason }: LeftOut, told: Unfit['kind']): string {
  if (kind !== told) return `${runId}: ${reason}`;
  return figure === undefined ? runId : `${runId} ${figure}`;
}
