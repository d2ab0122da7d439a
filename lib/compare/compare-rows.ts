import type { StoredRun } from '../core/judge/run-summary.ts';
import { samplingInterval } from '../core/measure/percentile-stability.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import type { ComparedRow, Design } from './comparison.ts';
import type { Arranged } from './design.ts';
import {
  type Estimate,
  estimateAgainstHistory,
  estimateAssumed,
  estimatePairedLog,
  estimatePairedShare,
  estimateShareAgainstHistory,
  estimateUnpaired,
  estimateUnpairedShare,
  LEAST_VARIANCE,
  type Share,
  shareOf,
  smoothedShare,
} from './estimate.ts';
import { type Draft, decideFamilies } from './families.ts';
import { logOf, mean, variance } from './moments.ts';
import { type NoisePrior, priorFromHistory, priorFromRows } from './noise-prior.ts';
import { type ComparisonPolicy, policyOfRow } from './policy.ts';
import { hasEnoughReplies, isInGap, type RowDefinition, subjectOf } from './row-values.ts';
import { logMargins, type Margins, pairsNeeded, shareMargins, smallestDetectable, testOf } from './state.ts';

/** Latency that changes by less than this matters to nobody. */
const ABSOLUTE_FLOOR_MS = 1;

export function namesOf({ metric, endpoint, title, unit, worse, family }: RowDefinition) {
  return { metric, ...present({ endpoint }), title, unit, worse, family };
}

/** What one run gave for one row. */
type Value = number | Share;

const numberOf = (value: Value | undefined): number | null =>
  value === undefined ? null : typeof value === 'number' ? value : shareOf(value);

export function valuesOf(definition: RowDefinition, base: readonly StoredRun[], head: readonly StoredRun[]) {
  return {
    baseValues: base.map((run) => numberOf(readValue(definition, run))),
    headValues: head.map((run) => numberOf(readValue(definition, run))),
  };
}

function readValue({ value, share }: RowDefinition, run: StoredRun): Value | undefined {
  return share === undefined ? value?.(run) : share(run);
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
  const context: RowContext = { arranged, input, alpha, definitions };
  const priors = priorsOf(context);
  const drafts = definitions.map((definition) => draftOf(definition, context, priors));
  return decideFamilies(drafts, alpha);
}

interface RowContext {
  readonly arranged: Arranged;
  readonly input: RowInput;
  readonly alpha: number;
  readonly definitions: readonly RowDefinition[];
}

/** Logarithms of the values of each run, oriented so that more is worse; undefined where a run has none. */
function oriented(definition: RowDefinition, runs: readonly StoredRun[], context: RowContext): number[] | undefined {
  if (definition.metric === 'p95-geomean') return geomeanLogs(runs, context);
  const sign = definition.worse === 'lower' ? -1 : 1;
  const values = runs.map((run) => definition.value?.(run));
  return values.some((value) => value === undefined) ? undefined : values.map((value) => sign * logOf(value ?? 0));
}

/** Over the endpoints whose p95 is sound in every run of both sides. */
function geomeanLogs(runs: readonly StoredRun[], context: RowContext): number[] | undefined {
  const { arranged, definitions } = context;
  const all = [...arranged.base, ...arranged.head];
  const sound = definitions.filter(
    (definition) =>
      definition.family === 'endpoint p95' &&
      all.every((run) => definition.value?.(run) !== undefined) &&
      hasEnoughReplies(definition, all) &&
      !isInGap(definition, all),
  );
  if (sound.length === 0) return undefined;
  return runs.map((run) => mean(sound.map(({ value }) => logOf(value?.(run) ?? 0))));
}

function differencesOf(base: readonly number[], head: readonly number[]): number[] {
  return base.map((each, i) => (head[i] ?? Number.NaN) - each);
}

type Priors = (definition: RowDefinition) => NoisePrior | undefined;

/** Earlier pairs of base against base beat what the rows of this comparison lend each other. */
function priorsOf(context: RowContext): Priors {
  const { arranged, input, definitions } = context;
  const { selfChecks } = input;
  const fromRows = new Map<string, NoisePrior | undefined>();
  if (arranged.design === 'paired' && arranged.base.length > 1) {
    for (const metric of new Set(definitions.map((each) => each.metric))) {
      const variances = definitions
        .filter((each) => each.metric === metric && each.endpoint !== undefined && each.value !== undefined)
        .flatMap((definition) => {
          const [b, h] = [oriented(definition, arranged.base, context), oriented(definition, arranged.head, context)];
          return b === undefined || h === undefined ? [] : [Math.max(variance(differencesOf(b, h)), LEAST_VARIANCE)];
        });
      fromRows.set(metric, priorFromRows(variances, arranged.base.length - 1));
    }
  }
  return (definition) => {
    if (selfChecks !== undefined && definition.share === undefined) {
      const own = { ...context, arranged: { ...arranged, ...selfChecks } };
      const [b, h] = [oriented(definition, selfChecks.base, own), oriented(definition, selfChecks.head, own)];
      const history = b === undefined || h === undefined ? undefined : priorFromHistory(differencesOf(b, h));
      if (history !== undefined) return history;
    }
    return definition.endpoint === undefined ? undefined : fromRows.get(definition.metric);
  };
}

function draftOf(definition: RowDefinition, context: RowContext, priors: Priors): Draft {
  const { arranged, alpha, input } = context;
  const { base, head, design } = arranged;
  const all = [...base, ...head];
  const policy = policyOfRow(input.policy ?? {}, definition);
  const family = policy.mayGate ? definition.family : 'information';
  const names = { ...namesOf(definition), family, ...valuesOf(definition, base, head) } as const;
  const incomparable = (reason: string): Draft => ({ definition, row: { ...names, reason }, state: 'incomparable' });

  if (definition.share !== undefined) {
    const [b, h] = [base, head].map((runs) => runs.map((run) => definition.share?.(run)));
    if (!areAll(b) || !areAll(h)) return incomparable('a run has no such requests');
    const estimate = estimateShares(design, b, h);
    const margins = shareMargins(smoothedShare(b));
    const figures = { ...names, base: overallShare(b), head: overallShare(h) };
    return withEstimate({ definition, row: figures, estimate, margins, alpha, change: (d) => d });
  }

  const [b, h] = [oriented(definition, base, context), oriented(definition, head, context)];
  if (b === undefined || h === undefined)
    return incomparable(
      definition.metric === 'p95-geomean'
        ? 'no endpoint has a sound p95 in every run (400 ok replies are needed)'
        : 'a run has no such value',
    );
  const sign = definition.worse === 'lower' ? -1 : 1;
  const typical = (logs: readonly number[]) => Math.exp(sign * mean(logs));
  const ofGeomean = (logs: readonly number[]) => logs.map((each) => Math.exp(each));
  const row = {
    ...names,
    ...(definition.metric === 'p95-geomean' ? { baseValues: ofGeomean(b), headValues: ofGeomean(h) } : {}),
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
    ...(row.noiseCv === undefined ? {} : { variance: 2 * row.noiseCv ** 2 }),
    difference: mean(h) - mean(b),
  });
  if (isInGap(definition, all))
    return {
      ...draft,
      state: 'inconclusive',
      row: { ...draft.row, reason: 'a merged percentile lies in a gap of its distribution' },
    };
  if (hasEnoughReplies(definition, all)) return draft;
  return {
    ...draft,
    row: {
      ...draft.row,
      family: 'information',
      reason: 'few samples: fewer than 20 replies lie beyond it in some run',
    },
  };
}

function areAll<T>(values: readonly (T | undefined)[] | undefined): values is readonly T[] {
  return values?.every((value) => value !== undefined) ?? false;
}

function overallShare(shares: readonly Share[]): number {
  return sum(shares.map(({ count }) => count)) / sum(shares.map(({ total }) => total));
}

function estimateShares(design: Design, base: readonly Share[], head: readonly Share[]): Estimate | undefined {
  if (design === 'paired') return estimatePairedShare(base, head);
  if (design === 'unpaired') return estimateUnpairedShare(base, head) ?? estimateShareAgainstHistory(base, head);
  return design === 'history' ? estimateShareAgainstHistory(base, head) : undefined;
}

function estimateLogs(
  design: Design,
  base: readonly number[],
  head: readonly number[],
  prior: NoisePrior | undefined,
  assumedNoiseCv: number | undefined,
): Estimate | undefined {
  const [first, second] = [base[0] ?? 0, head[0] ?? 0];
  switch (design) {
    case 'paired':
      return estimatePairedLog(differencesOf(base, head), prior);
    case 'unpaired':
      return estimateUnpaired(base, head) ?? estimateAgainstHistory(base, head);
    case 'history':
      return estimateAgainstHistory(base, head);
    case 'single':
      return (
        estimatePairedLog([second - first], prior) ??
        (assumedNoiseCv === undefined ? undefined : estimateAssumed(second - first, assumedNoiseCv))
      );
  }
}

/** The noise of one run: of pairs their differences have twice its variance. */
function noiseOf(design: Design, base: readonly number[], head: readonly number[]): { readonly noiseCv?: number } {
  if (design === 'single' || base.length < 2) return {};
  if (design === 'paired') return { noiseCv: Math.sqrt(variance(differencesOf(base, head)) / 2) };
  return { noiseCv: Math.sqrt(head.length < 2 ? variance(base) : (variance(base) + variance(head)) / 2) };
}

function samplingOf({ quantile, endpoint }: RowDefinition, { base, head }: Arranged): Pick<ComparedRow, 'sampling'> {
  const interval = (run: StoredRun | undefined) => {
    const { count = 0, ladder } = (run && subjectOf(run, endpoint)?.latencyMs.ok) ?? {};
    return quantile === undefined || ladder === undefined || count === 0
      ? undefined
      : samplingInterval({ count, ladder }, quantile);
  };
  const [b, h] = [interval(base[0]), interval(head[0])];
  return b === undefined || h === undefined ? {} : { sampling: { base: b, head: h } };
}

interface Estimated {
  readonly definition: RowDefinition;
  readonly row: Omit<ComparedRow, 'state'>;
  readonly estimate: Estimate | undefined;
  readonly margins: Margins;
  readonly alpha: number;
  /** From the scale of the row to what people read. */
  readonly change: (difference: number) => number;
  readonly variance?: number;
  readonly difference?: number;
}

function withEstimate({
  definition,
  row,
  estimate,
  margins,
  alpha,
  change,
  variance: own,
  difference,
}: Estimated): Draft {
  if (estimate === undefined) {
    const plain = difference ?? (row.head ?? Number.NaN) - (row.base ?? Number.NaN);
    return {
      definition,
      row: { ...row, change: change(plain), reason: 'the noise between runs is unknown' },
      state: 'inconclusive',
    };
  }
  const isEither = definition.worse === 'either';
  const test = testOf(estimate, isEither ? alpha / 2 : alpha);
  const bounds = [change(test.low), change(test.high)].sort((a, b) => a - b) as [number, number];
  const needed = own === undefined ? undefined : pairsNeeded(own, margins, alpha);
  return {
    definition,
    estimate,
    margins,
    test,
    row: {
      ...row,
      change: change(estimate.difference),
      low: bounds[0],
      high: bounds[1],
      pWorse: test.pWorse,
      degreesOfFreedom: Number.isFinite(estimate.degreesOfFreedom) ? estimate.degreesOfFreedom : 1e9,
      smallestDetectable: Math.abs(change(smallestDetectable(estimate, margins.effect, alpha))),
      ...present({ pairsNeeded: needed }),
    },
  };
}
