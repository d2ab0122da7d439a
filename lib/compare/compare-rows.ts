import type { StoredRun } from '../core/judge/run-summary.ts';
import { samplingInterval } from '../core/measure/percentile-stability.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import type { ComparedRow, Design } from './comparison.ts';
import { TOO_FEW_REPLIES } from './deciding-percentile.ts';
import type { Arranged } from './design.ts';
import { type Share, shareOf, smoothedShare } from './estimate.ts';
import { estimateLogs, estimateShares, withEstimate } from './estimate-row.ts';
import { type Draft, decideFamilies } from './families.ts';
import { missingIn, whereMet } from './missing-row.ts';
import { differencesOf, mean, variance } from './moments.ts';
import { type ComparisonPolicy, policyOfRow } from './policy.ts';
import { hasEnoughReplies, isInGap, type RowDefinition } from './row-definition.ts';
import { orientedLogs, type Priors, priorsOf } from './row-priors.ts';
import { isOfAll, subjectIn } from './row-subject.ts';
import { logMargins, shareMargins } from './state.ts';

/** Latency that changes by less than this matters to nobody. */
const ABSOLUTE_FLOOR_MS = 1;

export function namesOf({ metric, endpoint, journey, title, unit, worse, family, decidesBecause }: RowDefinition) {
  return { metric, ...present({ endpoint, journey, decidesBecause }), title, unit, worse, family };
}

/**
 * What each run gave for one row.
 * @param compared all runs of the comparison; left out where they cannot be compared
 */
export function valuesOf(
  { figure, share }: RowDefinition,
  { base, head }: Pick<Arranged, 'base' | 'head'>,
  compared?: readonly StoredRun[],
) {
  const shareIn = (run: StoredRun) => {
    const found = share?.(run);
    return found && shareOf(found);
  };
  const of = (runs: readonly StoredRun[]): (number | null)[] => {
    const values = figure?.values(runs, compared) ?? runs.map(shareIn);
    return values.map((value) => value ?? null);
  };
  return { baseValues: of(base), headValues: of(head) };
}

/** What is known beside the runs themselves. */
export interface RowInput {
  /** Earlier pairs of base against base: what the machine does when nothing changed. */
  readonly selfChecks?: { readonly base: readonly StoredRun[]; readonly head: readonly StoredRun[] };
  /** Of one run, 0-1: assumed where there is one run against one. */
  readonly assumedNoiseCv?: number;
  readonly policy?: ComparisonPolicy;
}

/** Compares every row, each family of rows held to its own level. */
export function compareRows(
  definitions: readonly RowDefinition[],
  arranged: Arranged,
  input: RowInput,
  alpha: number,
): ComparedRow[] {
  const context: RowContext = { arranged, input, alpha, priors: priorsOf(definitions, arranged, input.selfChecks) };
  const drafts = definitions.map((definition) => draftOf(definition, context));
  return decideFamilies(drafts, alpha);
}

interface RowContext {
  readonly arranged: Arranged;
  readonly input: RowInput;
  readonly alpha: number;
  readonly priors: Priors;
}

function draftOf(definition: RowDefinition, { arranged, alpha, input, priors }: RowContext): Draft {
  const { base, head, design } = arranged;
  const all = [...base, ...head];
  const policy = policyOfRow(input.policy ?? {}, definition);
  const family = policy.mayGate ? definition.family : 'information';
  const names = { ...namesOf(definition), family, ...valuesOf(definition, arranged, all) } as const;
  const incomparable = (why: string): Draft => {
    const reason = whereMet(definition, arranged) ?? why;
    const missing = present({ missingIn: missingIn(definition, names, arranged) });
    return { definition, row: { ...names, ...missing, reason }, state: 'incomparable' };
  };

  if (definition.share !== undefined) {
    const [b, h] = [base, head].map((runs) => runs.map((run) => definition.share?.(run)));
    if (!areAll(b) || !areAll(h)) return incomparable('a run has no such requests');
    const estimate = estimateShares(design, b, h);
    const margins = shareMargins(smoothedShare(b));
    const figures = { ...names, base: overallShare(b), head: overallShare(h) };
    return withEstimate({ definition, row: figures, estimate, margins, alpha, change: (d) => d });
  }

  const [b, h] = [orientedLogs(definition, base, all), orientedLogs(definition, head, all)];
  if (b === undefined || h === undefined) return incomparable(definition.figure.whyNone);
  const sign = definition.worse === 'lower' ? -1 : 1;
  const typical = (logs: readonly number[]) => Math.exp(sign * mean(logs));
  const row = {
    ...names,
    base: typical(b),
    head: typical(h),
    ...noiseOf(design, b, h),
    ...(design === 'single' ? samplingOf(definition, arranged) : {}),
  };
  const prior = priors(definition);
  const estimate = estimateLogs(design, b, h, prior, input.assumedNoiseCv);
  const floor = definition.unit === 'ms' ? ABSOLUTE_FLOOR_MS : 0;
  const margins = logMargins(typical(b), floor, policy.effect, policy.tolerance);
  const draft = withEstimate({
    definition,
    row,
    estimate,
    margins,
    alpha,
    change: (d) => Math.exp(sign * d) - 1,
    ...present({ variance: row.noiseCv === undefined ? undefined : 2 * row.noiseCv ** 2 }),
    difference: mean(h) - mean(b),
  });
  if (isInGap(definition, all))
    return {
      ...draft,
      state: 'inconclusive',
      row: { ...draft.row, reason: 'a merged percentile lies in a gap of its distribution' },
    };
  if (hasEnoughReplies(definition, all)) return draft;
  if (family !== 'information') {
    const { low: _, high: __, pWorse: ___, ...figures } = draft.row;
    return { definition, row: { ...figures, reason: TOO_FEW_REPLIES }, state: 'incomparable' };
  }
  return {
    ...draft,
    row: { ...draft.row, reason: 'few samples: fewer than 20 responses lie beyond it in some run' },
  };
}

/** A row where nothing can be compared: what there is on each side, and no more. */
export function incomparableRow(definition: RowDefinition, { base, head }: Arranged): ComparedRow {
  const has = (runs: readonly StoredRun[]) =>
    isOfAll(definition) || runs.some((run) => subjectIn(run, definition) !== undefined);
  const state = !has(head) ? 'removed' : !has(base) ? 'added' : 'incomparable';
  const what = definition.journey === undefined ? 'endpoint' : 'journey';
  const reasons = {
    removed: `head has no such ${what}`,
    added: `base has no such ${what}`,
    incomparable: 'not compared',
  };
  const [b, h] = [typicalOf(definition, base), typicalOf(definition, head)];
  // All endpoints together are others on either side: their figures do not belong together.
  const isOfBoth = b !== undefined && h !== undefined && !isOfAll(definition);
  return {
    ...namesOf(definition),
    ...valuesOf(definition, { base, head }),
    ...present({ base: b, head: h }),
    ...(!isOfBoth ? {} : { change: definition.share === undefined ? h / b - 1 : h - b }),
    state,
    reason: reasons[state],
  };
}

function typicalOf(definition: RowDefinition, runs: readonly StoredRun[]): number | undefined {
  if (definition.share === undefined) {
    const logs = definition.figure.logs(runs, runs);
    return logs === undefined || logs.length === 0 ? undefined : Math.exp(mean(logs));
  }
  const shares = runs.map((run) => definition.share?.(run));
  return areAll(shares) && shares.length > 0 ? overallShare(shares) : undefined;
}

function areAll<T>(values: readonly (T | undefined)[] | undefined): values is readonly T[] {
  return values?.every((value) => value !== undefined) ?? false;
}

function overallShare(shares: readonly Share[]): number {
  return sum(shares.map(({ count }) => count)) / sum(shares.map(({ total }) => total));
}

/** The noise of one run: of pairs their differences have twice its variance. */
function noiseOf(design: Design, base: readonly number[], head: readonly number[]): { readonly noiseCv?: number } {
  if (design === 'single' || base.length < 2) return {};
  if (design === 'paired') return { noiseCv: Math.sqrt(variance(differencesOf(base, head)) / 2) };
  return { noiseCv: Math.sqrt(head.length < 2 ? variance(base) : (variance(base) + variance(head)) / 2) };
}

function samplingOf({ quantile, ...row }: RowDefinition, { base, head }: Arranged): Pick<ComparedRow, 'sampling'> {
  const interval = (run: StoredRun | undefined) => {
    const { count = 0, ladder } = (run && subjectIn(run, row)?.latencyMs.ok) ?? {};
    return quantile === undefined || ladder === undefined || count === 0
      ? undefined
      : samplingInterval({ count, ladder }, quantile);
  };
  const [b, h] = [interval(base[0]), interval(head[0])];
  return present({ sampling: b && h && { base: b, head: h } });
}
