import type { StoredRun } from '../core/judge/run-summary.ts';
import { present } from '../core/spec/present.ts';
import { isInForce } from '../core/spec/waiver.ts';
import { compareRows, namesOf, type RowInput, valuesOf } from './compare-rows.ts';
import type { Arm, ComparedRow, Comparison, TrendColumn } from './comparison.ts';
import { COMPARISON_SCHEMA_VERSION } from './comparison.ts';
import { decide } from './decide.ts';
import { type Arranged, arrange, unfitReason } from './design.ts';
import { distributionsOf } from './distributions-of-runs.ts';
import { mean } from './moments.ts';
import { acceptanceOf, type ComparisonPolicy, expectAcceptances } from './policy.ts';
import { type RowDefinition, subjectOf } from './row-definition.ts';
import { rowsOf } from './row-values.ts';
import { trendOf } from './trend.ts';

export interface ComparisonInput extends RowInput {
  readonly base: readonly StoredRun[];
  readonly head: readonly StoredRun[];
  /** Runs of earlier releases, for the trend alone. */
  readonly earlier?: readonly StoredRun[];
  readonly look?: readonly [number, of: number];
  readonly isSelfCheck?: boolean;
  readonly notes?: readonly string[];
}

/**
 * Compares the runs of two releases by docs/comparison-procedure.md: the run is the unit, never the request.
 * @param input at least one run on either side
 */
export function compareRuns(input: ComparisonInput): Comparison {
  const { look = [1, 1], isSelfCheck = false, policy = {} } = input;
  expectAcceptances(policy);
  const alpha = policy.alpha ?? (look[1] > 1 ? 0.025 : 0.05);
  const arranged = arrange(input.base, input.head);
  const { kept, notes: dropped } = withoutUnfit(arranged, policy);
  const obstacle = obstacleOf(arranged, kept);
  const definitions = rowsOf(endpointsOf([...arranged.base, ...arranged.head]), limitsOf(arranged));
  const compared =
    obstacle === undefined
      ? compareRows(definitions, kept, input, alpha)
      : definitions.map((definition) => incomparableRow(definition, arranged, obstacle));
  const rows = compared.map((row) => withAcceptance(row, policy));
  const notes = [
    ...(input.notes ?? []),
    ...dropped,
    ...(obstacle === undefined ? notesOnDesign(kept, input) : []),
    ...(obstacle === undefined ? notesOnLoad(rows, kept) : []),
    ...notesOnMachines(kept),
    ...notesOnAcceptances(policy),
  ];
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    ...decide({ rows, kept, ...present({ obstacle }), look, isSelfCheck, policy }),
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
function withoutUnfit(
  arranged: Arranged,
  policy: ComparisonPolicy,
): { readonly kept: Arranged; readonly notes: readonly string[] } {
  const { design, base, head } = arranged;
  const notes: string[] = [];
  const isFit = (run: StoredRun): boolean => {
    const reason = unfitReason(run, policy);
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
  const empty = arranged.base.length === 0 ? 'base' : arranged.head.length === 0 ? 'head' : undefined;
  if (empty !== undefined) return `not one run of ${empty} left a summary`;
  const foreign = all.find(({ fingerprint }) => fingerprint === undefined);
  if (foreign !== undefined)
    return `${foreign.runId} does not say what its workload was: only summaries of k6-verdict do`;
  const [first] = all;
  const other = all.find(({ fingerprint }) => fingerprint !== first?.fingerprint);
  if (other !== undefined && first !== undefined) return describeOtherWorkload(first, other);
  const ratio = loadRatio(kept);
  if (ratio > MOST_UNEQUAL_LOAD)
    return `the load was not the same: the arrivals of base and head differ by ${Math.round((ratio - 1) * 1000) / 10} %`;
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

/** More than this, and head was sent another load than base. */
const MOST_UNEQUAL_LOAD = 1.02;

/** Of an open model, how much more arrivals (started or dropped) one side had than the other. */
function loadRatio({ base, head }: Arranged): number {
  const arrivals = (runs: readonly StoredRun[]) =>
    mean(
      runs.map(({ load: { iterations } }) => {
        const { completed = 0, failed = 0, dropped = 0 } = iterations ?? {};
        return Math.log(Math.max(1, completed + failed + dropped));
      }),
    );
  if (base.length === 0 || head.length === 0 || base[0]?.load.model !== 'open') return 1;
  return Math.exp(Math.abs(arrivals(head) - arrivals(base)));
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
    ...valuesOf(definition, { base, head }),
    state,
    reason:
      state === 'removed' ? 'head has no such endpoint' : state === 'added' ? 'base has no such endpoint' : reason,
  };
}

function notesOnDesign({ design, base, head }: Arranged, { assumedNoiseCv, selfChecks }: ComparisonInput): string[] {
  const few = Math.min(base.length, head.length);
  switch (design) {
    case 'paired':
      return [
        ...(few < 5 ? [`${few} pairs are few: small changes will not be found (5 are the plan).`] : []),
        ...(selfChecks === undefined ? [] : [noiseOfSelfChecks(selfChecks.base.length)]),
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
      if (selfChecks !== undefined) return [noiseOfSelfChecks(selfChecks.base.length)];
      return [
        assumedNoiseCv === undefined
          ? 'One run against one: how much two runs of the same release differ is not known, so there is no verdict. Run 4 more pairs (`npm run ab`).'
          : `The noise of a run is assumed to be ${Math.round(assumedNoiseCv * 1000) / 10} %, not measured.`,
      ];
  }
}

function noiseOfSelfChecks(pairs: number): string {
  return `The noise is that of ${pairs} pairs of base against base${pairs < 5 ? ', which are too few: 5 are needed' : ''}.`;
}

/** Latencies of different machines differ without any release. */
function notesOnMachines({ base, head }: Arranged): string[] {
  const machines = (runs: readonly StoredRun[]) => [
    ...new Set(runs.flatMap(({ host }) => (host === undefined ? [] : `${host.cores} cores of ${host.cpuModel}`))),
  ];
  const all = machines([...base, ...head]);
  return all.length < 2 ? [] : [`The load came from different machines, which counts as a change: ${all.join('; ')}.`];
}

function withAcceptance(row: ComparedRow, policy: ComparisonPolicy): ComparedRow {
  if (row.state !== 'regressed' && row.state !== 'suspect') return row;
  const acceptance = acceptanceOf(policy, row);
  if (acceptance === undefined) return row;
  const { reason, until } = acceptance;
  return { ...row, accepted: { reason, until }, reason: `accepted until ${until}: ${reason}` };
}

/** One that has ended is said: its row fails again. */
function notesOnAcceptances({ accept = [], today }: ComparisonPolicy): string[] {
  return accept
    .filter((each) => today !== undefined && !isInForce(each, today))
    .map(({ metric, endpoint, until }) => `The acceptance of ${endpoint ?? 'all'} ${metric} ended on ${until}.`);
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
      ...present({ startedAt, release, commit }),
      verdict,
      requests: totals.requests,
    })),
  };
}
