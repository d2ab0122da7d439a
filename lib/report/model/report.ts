import { judgeAnswerAgain } from '../../core/judge/judge-answer-again.ts';
import { type Verdict, worstVerdict } from '../../core/judge/verdict.ts';
import type { Questions } from '../../core/questions/question.ts';
import type { Finding, Problem } from '../../core/spec/document/finding.ts';
import { present } from '../../core/spec/present.ts';
import type { StudyRow } from './answers.ts';
import { type Criteria, judgeAnswers, judgeCriteria, type Wholeness } from './criteria.ts';
import { type Decision, decide } from './decision.ts';
import { type Distribution, distributionsOf } from './distributions.ts';
import { type EndpointCurves, endpointCurves } from './endpoint-curves.ts';
import { ENDPOINT_GROUPS, type EndpointGroup, type EndpointRow, endpointRow } from './endpoint-rows.ts';
import { type Evidence, type RunEvidence, successShare } from './evidence.ts';
import { figuresOf, type ReportFigures } from './figures.ts';
import type { Gap } from './gaps.ts';
import { headerOf, type ReportHeader } from './header.ts';
import type { JointRecord } from './joint-record.ts';
import { type JourneyRow, journeyRows } from './journeys.ts';
import { judgeRelease } from './judge-release.ts';
import { lookAt } from './look.ts';
import { type Methodology, methodologyOf } from './methodology.ts';
import { jointNotes } from './notes.ts';
import { type OtherFiguresRow, otherFigureRows } from './other-figures.ts';
import { type OverTime, overTime, overTimeNotes } from './over-time.ts';
import type { ReleasePolicy } from './release-policy.ts';
import { type Actions, actionsOf, assessRisks, type Risks } from './risks.ts';
import { type RunRow, runRow } from './runs.ts';
import { compareWithSequential, type Sequential } from './sequential.ts';
import { shownBy } from './shown.ts';
import { type Measurement, measurementOf } from './soundness.ts';
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
  /** Of each run: whether its figures are those of the service, and not of the machine that measured them. */
  readonly measurements: readonly Measurement[];
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
  /** Of each run with several endpoints that has them over time. */
  readonly endpointsOverTime: readonly EndpointCurves[];
  /** Why a run has no record, or what it lacks. */
  readonly overTimeNotes: readonly string[];
  /** Of tests of journeys, run by run. */
  readonly journeys: readonly JourneyRow[];
  /** Each endpoint once, over all runs, in the order of the groups. */
  readonly endpoints: readonly EndpointRow[];
  /** What summaries of k6's own say besides, and what scripts of ours measured themselves. */
  readonly otherFigures: readonly OtherFiguresRow[];
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
  /** What the project wants to see before it releases, where it says so. */
  readonly policy?: ReleasePolicy;
}

/** Makes the report of one run or of several. @throws Error without a run */
export function buildReport(
  { runs: stored, joint, scenarios, files = [], notes = [], policy }: ReportSource,
  questions?: Questions,
): Report {
  const runs = stored.map((run) => judgeAnswerAgain(run, questions));
  const [first] = runs;
  if (first === undefined) throw new Error('A report of no runs');
  const look = lookAt(runs, scenarios, questions);
  const { atRest, isLoad, evidence, studies, problems, gaps } = look;
  const missing = (joint?.planned.length ?? runs.length) - runs.length;
  const verdict = worstVerdict([...runs.map((run) => run.verdict), ...(missing > 0 ? (['incomplete'] as const) : [])]);
  const thresholds = runs.flatMap((run) => thresholdRows(run, questions));
  const endpoints = inGroups(evidence.endpoints.map((endpoint) => endpointRow(endpoint, evidence)));
  const missingPlans = missing > 0 ? [`${missing} of ${joint?.planned.length} plans did not run`] : [];
  const reasons = [...missingPlans, ...reasonsOf(runs, verdict)];
  const wholeness = wholenessOf(runs, verdict);
  const release = policy && judgeRelease(policy, { runs, problems, missing: missingPlans }, questions);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    header: headerOf(first, runs, joint),
    verdict,
    decision: decide(
      {
        verdict,
        reasons,
        problems,
        positives: look.positives,
        runs,
        gaps,
        answers: studies.map(({ headline }) => headline),
        ...present({ release }),
      },
      questions,
    ),
    reasons,
    notes: [...jointNotes(runs, questions), ...look.notes, ...notes],
    methodology: methodologyOf(evidence),
    measurements: runs.map(measurementOf),
    runs: runs.map(runRow),
    totals: totalsOf(evidence, first),
    thresholds,
    overTime: runs.flatMap((run) => overTime(run) ?? []),
    endpointsOverTime: runs.flatMap((run) => endpointCurves(run) ?? []),
    overTimeNotes: overTimeNotes(runs),
    journeys: journeyRows(runs, thresholds),
    endpoints,
    otherFigures: otherFigureRows(runs),
    distributions: distributionsOf(evidence),
    studies,
    problems,
    positives: look.positives,
    sequential: compareWithSequential(evidence, endpoints, atRest?.scenario),
    criteria: isLoad ? judgeCriteria(evidence, thresholds, wholeness) : judgeAnswers(thresholds, wholeness),
    risks: assessRisks({
      problems,
      verdict,
      isOfRelease: policy !== undefined && runs.length > 1,
      shown: shownBy(runs, questions),
    }),
    actions: actionsOf(problems),
    gaps,
    files,
  };
}

function wholenessOf(runs: readonly RunEvidence[], verdict: Verdict): Wholeness {
  if (verdict !== 'incomplete') return 'whole';
  return runs.every((run) => run.verdict === 'incomplete') ? 'cut' : 'partly cut';
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

function totalsOf({ totals, setAside, runs }: Evidence, { load }: RunEvidence): Report['totals'] {
  const judgedRequests = totals.requests - setAside;
  const share = successShare(totals.outcomes, judgedRequests);
  return {
    ...figuresOf(totals),
    ...(runs.length > 1 || load.requestsPerSecond === undefined || totals.requests === 0
      ? {}
      : { requestsPerSecond: load.requestsPerSecond }),
    judgedRequests,
    ...present({ successShare: share }),
  };
}
