import { samplingInterval } from '../core/percentile-stability.ts';
import type { StoredRun } from '../core/run-summary.ts';
import type { Arm, ComparedRow, Comparison, Design, TrendColumn } from './comparison.ts';
import { COMPARISON_SCHEMA_VERSION } from './comparison.ts';
import { decide } from './decide.ts';
import { type Arranged, arrange, unfitReason } from './design.ts';
import { distributionsOf } from './distributions-of-runs.ts';
import {
  type Estimate,
  estimateAgainstHistory,
  estimateAssumed,
  estimatePairedLog,
  estimatePairedShare,
  estimateShareAgainstHistory,
  estimateUnpaired,
  estimateUnpairedShare,
  type Share,
  shareOf,
  smoothedShare,
} from './estimate.ts';
import { mean, sum, variance } from './moments.ts';
import { benjaminiHochberg, holm } from './multiple-testing.ts';
import { type NoisePrior, priorFromHistory, priorFromRows } from './noise-prior.ts';
import { hasEnoughReplies, isInGap, type RowDefinition, rowsOf, subjectOf } from './row-values.ts';
import {
  type Decided,
  logMargins,
  type Margins,
  pairsNeeded,
  shareMargins,
  smallestDetectable,
  stateOf,
  testOf,
} from './state.ts';
import { trendOf } from './trend.ts';

/** The policy of a comparison; see comparison procedure §2.10 for the defaults. */
export interface ComparisonPolicy {
  /** From this relative change on, one is real. @default 0.05 */
  readonly effect?: number;
  /** No change beyond it may be overlooked. @default 0.1 */
  readonly tolerance?: number;
  /** One-sided level of every test. @default 0.05, and 0.025 where there are two looks */
  readonly alpha?: number;
  /** `fail` for a suspect row, too. @default 'regressed' */
  readonly failOn?: 'regressed' | 'suspect';
  /** Whether `inconclusive` has an exit code of its own. @default false */
  readonly isStrict?: boolean;
}

export interface ComparisonInput {
  readonly base: readonly StoredRun[];
  readonly head: readonly StoredRun[];
  /** Runs of earlier releases, for the trend alone. */
  readonly earlier?: readonly StoredRun[];
  /** Earlier pairs of base against base: what the machine does when nothing changed. */
  readonly selfChecks?: { readonly base: readonly StoredRun[]; readonly head: readonly StoredRun[] };
  /** Of one run, 0-1: assumed where there is one run against one. */
  readonly assumedNoiseCv?: number;
  readonly look?: readonly [number, of: number];
  readonly isSelfCheck?: boolean;
  readonly policy?: ComparisonPolicy;
  readonly notes?: readonly string[];
}

/** Latency that changes by less than this matters to nobody. */
const ABSOLUTE_FLOOR_MS = 1;

/**
 * Compares the runs of two releases by the comparison procedure: the run is the unit, never the request.
 * @param input at least one run on either side
 */
export function compareRuns(input: ComparisonInput): Comparison {
  const { look = [1, 1], isSelfCheck = false, policy = {} } = input;
  const alpha = policy.alpha ?? (look[1] > 1 ? 0.025 : 0.05);
  const arranged = arrange(input.base, input.head);
  const { kept, notes: dropped } = withoutUnfit(arranged);
  const obstacle = obstacleOf(arranged, kept);
  const definitions = rowsOf(endpointsOf([...arranged.base, ...arranged.head]), limitsOf(arranged));
  const rows =
    obstacle === undefined
      ? compareRows(definitions, kept, input, alpha)
      : definitions.map((definition) => incomparableRow(definition, arranged, obstacle));
  const notes = [
    ...(input.notes ?? []),
    ...dropped,
    ...(obstacle === undefined ? notesOnDesign(kept, input) : []),
    ...(obstacle === undefined ? notesOnLoad(rows, kept) : []),
  ];
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    ...decide({ rows, kept, ...(obstacle === undefined ? {} : { obstacle }), look, isSelfCheck, policy }),
    scenario: arranged.base[0]?.scenario ?? 'unknown',
    design: kept.design,
    alpha,
    look,
    ...(isSelfCheck ? { isSelfCheck: true as const } : {}),
    base: armOf(arranged.base, 'base'),
    head: armOf(arranged.head, 'head'),
    rows,
    distributions: distributionsOf(kept, alpha),
    trend: trend(input),
    notes,
  };
}

function trend({ earlier = [], base, head, isSelfCheck }: ComparisonInput): TrendColumn[] {
  return isSelfCheck === true ? [] : trendOf([...earlier, ...base, ...head]);
}

/** Of pairs the whole pair is left out; the reason is blind to what the run found. */
function withoutUnfit(arranged: Arranged): { readonly kept: Arranged; readonly notes: readonly string[] } {
  const { design, base, head } = arranged;
  const notes: string[] = [];
  const isFit = (run: StoredRun): boolean => {
    const reason = unfitReason(run);
    const what = design === 'paired' ? `the pair of ${run.runId}` : run.runId;
    if (reason !== undefined) notes.push(`Left out: ${what}, for ${reason}.`);
    return reason === undefined;
  };
  if (design === 'paired') {
    const fit = base.map((each, i) => {
      const other = head[i];
      return [isFit(each), other !== undefined && isFit(other)].every(Boolean);
    });
    const ofPairs = (runs: readonly StoredRun[]) => runs.filter((_, i) => fit[i]);
    return { kept: { ...arranged, base: ofPairs(base), head: ofPairs(head) }, notes };
  }
  return { kept: { ...arranged, base: base.filter(isFit), head: head.filter(isFit) }, notes };
}

const FEWEST_LEFT = 3;

/** Why these runs cannot be compared at all. */
function obstacleOf(arranged: Arranged, kept: Arranged): string | undefined {
  const all = [...arranged.base, ...arranged.head];
  const foreign = all.find(({ fingerprint }) => fingerprint === undefined);
  if (foreign !== undefined)
    return `${foreign.runId} does not say what its workload was: only summaries of k6-verdict do`;
  const [first] = all;
  const other = all.find(({ fingerprint }) => fingerprint !== first?.fingerprint);
  if (other !== undefined && first !== undefined) return describeOtherWorkload(first, other);
  const lost = all.length - kept.base.length - kept.head.length;
  if (lost === 0) return undefined;
  const fewest = Math.min(kept.base.length, kept.head.length);
  if (
    fewest < Math.min(FEWEST_LEFT, arranged.base.length, arranged.head.length) ||
    fewest === 0 ||
    kept.design === 'single'
  )
    return `only ${fewest} of ${Math.min(arranged.base.length, arranged.head.length)} ${kept.design === 'paired' ? 'pairs' : 'runs'} are fit to be compared, and ${FEWEST_LEFT} are needed where some had to be left out`;
  return undefined;
}

function describeOtherWorkload(first: StoredRun, other: StoredRun): string {
  const what =
    first.scenario !== other.scenario
      ? `scenario ${first.scenario} and scenario ${other.scenario}`
      : first.plan !== other.plan
        ? `plan ${first.plan} and plan ${other.plan}`
        : JSON.stringify(first.load.plan) !== JSON.stringify(other.load.plan)
          ? 'another load'
          : 'other endpoints, timeouts, k6 version or warm-up';
  return `the workload is another one (${what}): ${first.runId} and ${other.runId}`;
}

function endpointsOf(runs: readonly StoredRun[]): string[] {
  return [...new Set(runs.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)))];
}

/** The p95 limits that head was held to: what is beyond them is counted on both sides. */
function limitsOf({ head }: Arranged): Map<string | undefined, number> {
  const thresholds = head.flatMap((run) => run.thresholds).filter(({ metric }) => metric === 'okP95Ms');
  return new Map(thresholds.map(({ endpoint, limit }) => [endpoint, limit]));
}

function incomparableRow(definition: RowDefinition, { base, head }: Arranged, reason: string): ComparedRow {
  const has = (runs: readonly StoredRun[]) =>
    definition.endpoint === undefined || runs.some((run) => subjectOf(run, definition.endpoint) !== undefined);
  const state = !has(head) ? 'removed' : !has(base) ? 'added' : 'incomparable';
  return {
    ...namesOf(definition),
    ...valuesOf(definition, base, head),
    state,
    reason:
      state === 'removed' ? 'head has no such endpoint' : state === 'added' ? 'base has no such endpoint' : reason,
  };
}

function namesOf({ metric, endpoint, title, unit, worse, family }: RowDefinition) {
  return { metric, ...(endpoint === undefined ? {} : { endpoint }), title, unit, worse, family };
}

/** What one run gave for one row. */
type Value = number | Share;

const numberOf = (value: Value | undefined): number | null =>
  value === undefined ? null : typeof value === 'number' ? value : shareOf(value);

function valuesOf(definition: RowDefinition, base: readonly StoredRun[], head: readonly StoredRun[]) {
  return {
    baseValues: base.map((run) => numberOf(readValue(definition, run))),
    headValues: head.map((run) => numberOf(readValue(definition, run))),
  };
}

function readValue({ value, share }: RowDefinition, run: StoredRun): Value | undefined {
  return share === undefined ? value?.(run) : share(run);
}

/** A row on its way: what its runs say of it, before the other rows of its family are known. */
interface Draft {
  readonly definition: RowDefinition;
  readonly row: Omit<ComparedRow, 'state'>;
  readonly estimate?: Estimate;
  readonly margins?: Margins;
  readonly test?: Decided;
  readonly variance?: number;
  /** Decided already. */
  readonly state?: ComparedRow['state'];
}

function compareRows(
  definitions: readonly RowDefinition[],
  arranged: Arranged,
  input: ComparisonInput,
  alpha: number,
): ComparedRow[] {
  const context: RowContext = { arranged, input, alpha, definitions };
  const priors = priorsOf(context);
  const drafts = definitions.map((definition) => draftOf(definition, context, priors));
  const adjusted = adjustFamilies(drafts);
  const rows = drafts.map((draft) => finish(draft, adjusted.get(draft), alpha));
  return withConfounded(rows);
}

interface RowContext {
  readonly arranged: Arranged;
  readonly input: ComparisonInput;
  readonly alpha: number;
  readonly definitions: readonly RowDefinition[];
}

/** Logarithms of the values of each run, oriented so that more is worse; undefined where a run has none. */
function oriented(definition: RowDefinition, runs: readonly StoredRun[], context: RowContext): number[] | undefined {
  if (definition.metric === 'p95-geomean') return geomeanLogs(runs, context);
  const sign = definition.worse === 'lower' ? -1 : 1;
  const values = runs.map((run) => definition.value?.(run));
  return values.some((value) => value === undefined)
    ? undefined
    : values.map((value) => sign * Math.log(Math.max(value ?? 0, 1e-3)));
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
  return runs.map((run) => mean(sound.map(({ value }) => Math.log(Math.max(value?.(run) ?? 0, 1e-3)))));
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
          return b === undefined || h === undefined ? [] : [Math.max(variance(differencesOf(b, h)), 0.005 ** 2)];
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
  const policy = { effect: 0.05, tolerance: 0.1, ...withoutAbsent(input.policy) };
  const names = { ...namesOf(definition), ...valuesOf(definition, base, head) };
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

function withoutAbsent<T extends object>(given: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
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
      ...(needed === undefined ? {} : { pairsNeeded: needed }),
    },
  };
}

interface Adjusted {
  readonly pWorse: number;
  readonly pBetter: number;
  readonly isNotable: boolean;
}

const NOTABLE = 0.05;

/** Families that decide are held to one false alarm (Holm); rows for information to a share of them. */
function adjustFamilies(drafts: readonly Draft[]): Map<Draft, Adjusted> {
  const result = new Map<Draft, Adjusted>();
  const decidable = drafts.filter(({ test, state }) => test !== undefined && state === undefined);
  for (const key of new Set(decidable.map(familyKey))) {
    const family = decidable.filter((draft) => familyKey(draft) === key);
    const adjust = family[0]?.row.family === 'information' ? benjaminiHochberg : holm;
    const worse = adjust(family.map(({ test }) => test?.pWorse ?? 1));
    const better = adjust(family.map(({ test }) => test?.pBetter ?? 1));
    family.forEach((draft, i) => {
      const p = { pWorse: worse[i] ?? 1, pBetter: better[i] ?? 1 };
      const isNotable = draft.row.family === 'information' && Math.min(p.pWorse, p.pBetter) <= NOTABLE;
      result.set(draft, { ...p, isNotable });
    });
  }
  return result;
}

function familyKey({ row }: Draft): string {
  return row.family === 'information'
    ? `information ${row.metric} ${row.endpoint === undefined ? 'overall' : ''}`
    : row.family;
}

function finish(draft: Draft, adjusted: Adjusted | undefined, alpha: number): ComparedRow {
  const { row, estimate, margins, test, definition } = draft;
  if (draft.state !== undefined || !estimate || !margins || !test || !adjusted)
    return { ...row, state: draft.state ?? 'inconclusive' };
  const state = stateOf(estimate.difference, test, adjusted, margins, alpha, definition.worse === 'either');
  const isReal = test.low > 0 || test.high < 0;
  return {
    ...row,
    pWorseAdjusted: adjusted.pWorse,
    state,
    ...(state === 'unchanged' && isReal ? { isRealButSmall: true as const } : {}),
    ...(adjusted.isNotable ? { isNotable: true as const } : {}),
  };
}

const LATENCIES: ReadonlySet<string> = new Set(['p95-geomean', 'p50', 'p95', 'p99', 'over-limit']);
const FAILURES: ReadonlySet<string> = new Set(['failures', 'timeouts', 'refused', 'server-errors', 'rate-limited']);

/** What fails fast leaves the others faster. A slowdown in spite of that is one. */
function withConfounded(rows: readonly ComparedRow[]): ComparedRow[] {
  const changed = rows.filter(
    ({ metric, state }) => FAILURES.has(metric) && (state === 'regressed' || state === 'changed'),
  );
  return rows.map((row) => {
    const isTouched = changed.some(({ endpoint }) => row.endpoint === undefined || endpoint === row.endpoint);
    const stays = row.state === 'regressed' || row.state === 'incomparable';
    if (!LATENCIES.has(row.metric) || !isTouched || stays) return row;
    const { isRealButSmall: _, ...others } = row;
    return { ...others, state: 'confounded', reason: 'failures changed, and what fails fast leaves the others faster' };
  });
}

function notesOnDesign({ design, base, head }: Arranged, { assumedNoiseCv, selfChecks }: ComparisonInput): string[] {
  const few = Math.min(base.length, head.length);
  switch (design) {
    case 'paired':
      return [
        ...(few < 5 ? [`${few} pairs are few: small changes will not be found (5 are the plan).`] : []),
        ...(selfChecks === undefined
          ? []
          : [`The noise is that of ${selfChecks.base.length} pairs of base against base, and of these pairs.`]),
      ];
    case 'unpaired':
      return [
        'The runs are of one session, and not in turn: what drifted meanwhile counts as a change. `npm run ab` runs them in turn.',
      ];
    case 'history':
      return [
        'The runs are of different sessions: what changed on the machine since then counts as a change. `npm run ab` runs both in turn.',
      ];
    case 'single':
      return [
        assumedNoiseCv === undefined
          ? 'One run against one: how much two runs of the same release differ is not known, so there is no verdict. Run 4 more pairs (`npm run ab`).'
          : `The noise of a run is assumed to be ${Math.round(assumedNoiseCv * 1000) / 10} %, not measured.`,
      ];
  }
}

/** In a closed model a slower service is sent less. */
function notesOnLoad(rows: readonly ComparedRow[], { base }: Arranged): string[] {
  const goodput = rows.find(({ metric, endpoint }) => metric === 'goodput' && endpoint === undefined);
  if (base[0]?.load.model !== 'closed' || goodput === undefined || goodput.state === 'unchanged') return [];
  return ['Latencies are at unequal load: users wait for their replies, and the goodput is not known to be unchanged.'];
}

function armOf(runs: readonly StoredRun[], fallback: string): Arm {
  const names = new Set(runs.map(({ release, commit }) => release ?? commit?.slice(0, 10)));
  const [only] = names;
  return {
    name: names.size === 1 && only !== undefined ? only : fallback,
    runs: runs.map(({ runId, startedAt, release, commit, verdict, totals }) => ({
      runId,
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(release === undefined ? {} : { release }),
      ...(commit === undefined ? {} : { commit }),
      verdict,
      requests: totals.requests,
    })),
  };
}
