import type { GeneratorHost, RunSummary } from '../../core/judge/run-summary.ts';
import { type Verdict, worstVerdict } from '../../core/judge/verdict.ts';
import type { EndpointFacts } from '../../core/measure/measured.ts';
import { describeLimit } from '../../core/measure/rate-limit.ts';
import { isOrdinaryLoad } from '../../core/questions/study.ts';
import type { Finding, Problem } from '../../core/spec/document/finding.ts';
import { named } from '../../core/spec/words.ts';
import { type Criteria, judgeAnswers, judgeCriteria } from './criteria.ts';
import { type Decision, decide } from './decision.ts';
import { type Distribution, distributionsOf } from './distributions.ts';
import { ENDPOINT_GROUPS, type EndpointGroup, type EndpointRow, endpointRow } from './endpoint-rows.ts';
import { type Evidence, gatherEvidence, loadModelOf, type RunEvidence, successShare } from './evidence.ts';
import { figuresOf, type ReportFigures } from './figures.ts';
import { bySeverity, findProblems } from './findings/index.ts';
import { positives } from './findings/positives.ts';
import { validity } from './findings/validity.ts';
import { findGaps, type Gap } from './gaps.ts';
import type { JointRecord } from './joint-record.ts';
import { jointNotes } from './notes.ts';
import { type OverTime, overTime, overTimeNotes } from './over-time.ts';
import { type Actions, actionsOf, assessRisks, type Risks } from './risks.ts';
import { type RunRow, runRow } from './runs.ts';
import { compareWithSequential, type Sequential } from './sequential.ts';
import { studyProblems } from './studies/problems.ts';
import { type StudyRow, studyRows } from './studies/study-row.ts';
import { type ThresholdRow, thresholdRows } from './thresholds.ts';

/** Raised when a reader of an older version would misread the file. */
export const REPORT_SCHEMA_VERSION = 2;

/**
 * Everything a report says about one run or several, computed once: renderers only format. Shares are 0-1, latencies
 * milliseconds, times ISO 8601 UTC. What was not measured is absent, never 0.
 */
export interface Report {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly header: ReportHeader;
  readonly verdict: Verdict;
  readonly decision: Decision;
  /** Why the verdict is what it is, most important first. */
  readonly reasons: readonly string[];
  /** What a reader must know to read the figures right. */
  readonly notes: readonly string[];
  readonly methodology: Methodology;
  readonly runs: readonly RunRow[];
  readonly totals: ReportFigures & {
    /** Absent over several runs, which are no load together. */
    readonly requestsPerSecond?: number;
    /** Requests that were not rate limited as declared. */
    readonly judgedRequests: number;
    /** `ok` among those. */
    readonly successShare?: number;
  };
  readonly thresholds: readonly ThresholdRow[];
  /** One per run that has a record. */
  readonly overTime: readonly OverTime[];
  /** Why a run has no record, or what it lacks. */
  readonly overTimeNotes: readonly string[];
  /** Each endpoint once, over all runs, in the order of the groups. */
  readonly endpoints: readonly EndpointRow[];
  /** Of all `ok` replies, then of each endpoint, or of the slowest. */
  readonly distributions: readonly Distribution[];
  /** What runs with a question of their own found. */
  readonly studies: readonly StudyRow[];
  readonly problems: readonly Problem[];
  readonly positives: readonly Finding[];
  readonly sequential: Sequential;
  readonly criteria: Criteria;
  readonly risks: Risks;
  readonly actions: Actions;
  readonly gaps: readonly Gap[];
  readonly files: readonly DeliveredFile[];
}

export interface ReportHeader {
  readonly testId: string;
  /** Of the run, or of the folder of a test of several. */
  readonly runId: string;
  readonly purpose?: string;
  readonly startedAt?: string;
  readonly durationSeconds?: number;
  readonly system?: RunSummary['system'];
  /** Without credentials. */
  readonly target?: string;
  readonly targetKind?: RunSummary['targetKind'];
  readonly release?: string;
  /** Of the project that holds the test. */
  readonly commit?: string;
  readonly tool?: RunSummary['tool'];
  readonly k6Version?: string;
  /** In the order of the runs; null where k6 was killed, or the source does not say. */
  readonly k6ExitCodes: readonly (number | null)[];
  readonly host?: GeneratorHost;
}

export interface Methodology {
  readonly categories: readonly {
    readonly category: string;
    readonly endpoints: readonly (Pick<EndpointFacts, 'id' | 'path'> & {
      readonly method?: EndpointFacts['method'];
      readonly rateLimit?: string;
    })[];
  }[];
  /** The different timeouts of requests, in milliseconds. */
  readonly timeoutsMs: readonly number[];
  readonly models: readonly ('open' | 'closed' | 'mixed')[];
  /** How many requests each endpoint got at rest, at most. */
  readonly requestsAtRest: number;
}

export interface DeliveredFile {
  /** Relative to the report. */
  readonly path: string;
  readonly content: string;
}

/** What a report is made of. */
export interface ReportSource {
  /** At least one, in their order, each once. */
  readonly runs: readonly RunEvidence[];
  /** Where the runs are one test. */
  readonly joint?: JointRecord;
  /** The scenarios of the project, where they are known. */
  readonly scenarios?: readonly string[];
  readonly files?: readonly DeliveredFile[];
  /** What was noticed while the runs were read. */
  readonly notes?: readonly string[];
}

/** Makes the report of one run or of several. @throws Error without a run */
export function buildReport({ runs, joint, scenarios, files = [], notes = [] }: ReportSource): Report {
  const [first] = runs;
  if (first === undefined) throw new Error('A report of no runs');
  const judged = runsOfLoad(runs);
  const sequential = runs.find(({ study }) => study?.kind === 'sequential');
  const base = sequential !== undefined && !judged.includes(sequential) ? sequential : undefined;
  const evidence = gatherEvidence(judged, base);
  const isLoad = judged.some(({ study }) => isOrdinaryLoad(study));
  const missing = (joint?.planned.length ?? runs.length) - runs.length;
  const verdict = worstVerdict([...runs.map((run) => run.verdict), ...(missing > 0 ? (['incomplete'] as const) : [])]);
  const thresholds = runs.flatMap(thresholdRows);
  const studies = studyRows(runs);
  const endpoints = inGroups(evidence.endpoints.map((endpoint) => endpointRow(endpoint, evidence)));
  const problems = bySeverity([...(isLoad ? findProblems(evidence) : validity(evidence)), ...studyProblems(runs)]);
  const good = isLoad ? positives(evidence) : [];
  const reasons = [
    ...(missing > 0 ? [`${missing} of ${joint?.planned.length} plans did not run`] : []),
    ...reasonsOf(runs, verdict),
  ];
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    header: headerOf(first, runs, joint),
    verdict,
    decision: decide({
      verdict,
      reasons,
      problems,
      positives: good,
      evidence,
      runs,
      thresholds,
      answers: studies.map(({ headline }) => headline),
    }),
    reasons,
    notes: [...jointNotes(runs), ...studyNotes(runs, judged), ...notes],
    methodology: methodologyOf(evidence),
    runs: runs.map(runRow),
    totals: totalsOf(evidence, first),
    thresholds,
    overTime: runs.flatMap((run) => overTime(run) ?? []),
    overTimeNotes: overTimeNotes(runs),
    endpoints,
    distributions: distributionsOf(evidence),
    studies,
    problems,
    positives: good,
    sequential: compareWithSequential(evidence, endpoints, base?.scenario),
    criteria: isLoad ? judgeCriteria(evidence, thresholds) : judgeAnswers(thresholds),
    risks: assessRisks(problems, verdict === 'pass' || verdict === 'fail'),
    actions: actionsOf(problems),
    gaps: findGaps(
      runs.flatMap(({ scenario, load }) => [scenario, ...Object.keys(load.plan ?? {})]),
      scenarios,
    ),
    files,
  };
}

/**
 * The runs whose figures say how users would fare. What is meant to be too much, or is one user alone, is beside the
 * point where there is other load; where there is none, it is all there is.
 */
function runsOfLoad(runs: readonly RunEvidence[]): readonly RunEvidence[] {
  const ofUsers = runs.filter(({ study }) => isOrdinaryLoad(study) && study?.kind !== 'sequential');
  if (ofUsers.length > 0) return ofUsers;
  const sequential = runs.filter(({ study }) => study?.kind === 'sequential');
  return sequential.length > 0 ? sequential : runs;
}

function studyNotes(runs: readonly RunEvidence[], judged: readonly RunEvidence[]): string[] {
  const beside = runs.filter((run) => !judged.includes(run)).map(({ scenario }) => scenario);
  if (beside.length === 0) return [];
  return [
    `Totals, endpoints, findings on them and criteria are of ${named(judged.map(({ scenario }) => scenario))}. ${named(beside)} ${beside.length === 1 ? 'has a question of its own' : 'have questions of their own'} and sent what no user would: see the answers.`,
  ];
}

function inGroups(rows: readonly EndpointRow[]): EndpointRow[] {
  return ENDPOINT_GROUPS.flatMap((group: EndpointGroup) => rows.filter((row) => row.group === group));
}

/** Of several runs, those that are not as they should be explain the verdict. */
function reasonsOf(runs: readonly RunEvidence[], verdict: Verdict): string[] {
  if (runs.length === 1) return [...(runs[0]?.reasons ?? [])];
  return runs
    .filter((run) => verdict === 'pass' || run.verdict !== 'pass')
    .flatMap((run) => run.reasons.map((reason) => `${run.scenario}: ${reason}`));
}

function headerOf(first: RunEvidence, runs: readonly RunEvidence[], joint: JointRecord | undefined): ReportHeader {
  const known = <Key extends keyof RunEvidence>(key: Key): RunEvidence[Key] | undefined =>
    runs.find((run) => run[key] !== undefined)?.[key];
  const optional = {
    purpose: joint?.purpose ?? first.purpose,
    startedAt: joint?.startedAt ?? first.startedAt,
    durationSeconds: joint === undefined ? spanSeconds(runs) : secondsBetween(joint.startedAt, joint.endedAt),
    system: known('system'),
    target: known('target'),
    targetKind: known('targetKind'),
    release: known('release'),
    commit: known('commit'),
    tool: known('tool'),
    k6Version: known('k6Version'),
    host: known('host'),
  };
  return {
    testId: joint?.testId ?? first.testId,
    runId: joint?.runId ?? runs.map(({ runId }) => runId).join(', '),
    ...withoutUndefined(optional),
    k6ExitCodes: runs.map(({ k6ExitCode }) => k6ExitCode ?? null),
  };
}

/** From the start of the first run to the end of the last, pauses included. */
function spanSeconds(runs: readonly RunEvidence[]): number | undefined {
  if (runs.length === 1) return runs[0]?.durationSeconds;
  const starts = runs.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = runs.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const [first] = starts;
  const last = ends.at(-1);
  return first === undefined || last === undefined || ends.length < runs.length
    ? undefined
    : secondsBetween(first, last);
}

function secondsBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}

type WithoutUndefined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(values: T): WithoutUndefined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as WithoutUndefined<T>;
}

function totalsOf({ totals, limitedAsDeclared, runs }: Evidence, { load }: RunEvidence): Report['totals'] {
  const judgedRequests = totals.requests - limitedAsDeclared;
  const share = successShare(totals.outcomes, judgedRequests);
  return {
    ...figuresOf(totals),
    ...(runs.length > 1 || load.requestsPerSecond === undefined || totals.requests === 0
      ? {}
      : { requestsPerSecond: load.requestsPerSecond }),
    judgedRequests,
    ...(share === undefined ? {} : { successShare: share }),
  };
}

function methodologyOf({ endpoints, runs }: Evidence): Methodology {
  const categories = [...new Set(endpoints.map(({ category }) => category))];
  return {
    categories: categories.map((category) => ({
      category,
      endpoints: endpoints
        .filter((endpoint) => endpoint.category === category)
        .map(({ id, path, method, rateLimit }) => ({
          id,
          path,
          ...(method === undefined ? {} : { method }),
          ...(rateLimit === undefined ? {} : { rateLimit: describeLimit(rateLimit) }),
        })),
    })),
    timeoutsMs: [...new Set(endpoints.flatMap(({ timeoutMs }) => timeoutMs ?? []))].sort((a, b) => a - b),
    models: [...new Set(runs.flatMap((run) => loadModelOf(run) ?? []))],
    requestsAtRest: Math.max(0, ...runs.flatMap(({ atRest }) => atRest.map(({ requests }) => requests))),
  };
}
