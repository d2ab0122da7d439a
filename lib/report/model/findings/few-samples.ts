import { subjectOf } from '../../../core/judge/threshold.ts';
import { figureText } from '../../../core/judge/threshold-text.ts';
import type { Recommendation } from '../../../core/spec/document/finding.ts';
import { formatLimit } from '../../../core/spec/figure-text.ts';
import { groupBy } from '../../../core/spec/group-by.ts';
import { isFixedWork } from '../../../core/spec/load-shape.ts';
import { formatCount, formatDuration, formatMs } from '../../../core/spec/units.ts';
import { are, counted, named } from '../../../core/spec/words.ts';
import type { RunEvidence } from '../evidence.ts';
import { type UncertainPercentile, uncertainPercentiles } from '../few-samples.ts';
import type { Rule } from './rule.ts';

export const FEW_SAMPLES = 'few-samples';

/** Whoever wants a percentile waits no longer for it. */
const LONGEST_SECONDS = 3600;

/** Percentiles that are judged, and that another run of the same length could put elsewhere. */
export const fewSamples: Rule = ({ runs }) => {
  const rows = runs.flatMap(uncertainPercentiles);
  const [fewest] = rows.toSorted((a, b) => a.samples / a.needed - b.samples / b.needed);
  if (fewest === undefined) return [];
  const nearLimit = rows.filter(({ row }) => row.unstable !== undefined);
  const areFew = rows.some(({ row }) => row.hasFewSamples === true);
  return [
    {
      id: FEW_SAMPLES,
      title: rows.every(({ lacksByFailures }) => lacksByFailures)
        ? 'Too many requests failed for the percentile that is judged'
        : 'The run is too short for the percentile that is judged',
      severity: 'low',
      impact: nearLimit.length > 0 ? 'medium' : 'low',
      area: 'measurement',
      summary: `${counted(rows.length, 'threshold')} ${are(rows.length)} judged on a percentile of too few samples: ${leastOf(fewest, runs.length > 1)}.`,
      description: [
        ...(areFew ? ['A single slow response moves a percentile of so few samples.'] : []),
        ...(nearLimit.length > 0
          ? [
              `${counted(nearLimit.length, 'percentile')} ${are(nearLimit.length)} so near the limit that another run may be on its other side.`,
            ]
          : []),
      ].join(' '),
      endpoints: [...new Set(rows.flatMap(({ row }) => row.endpoint ?? []))],
      evidence: evidenceOf(rows, runs.length > 1),
      hypotheses: [],
      recommendations: recommendationsOf(rows),
    },
  ];
};

function leastOf(percentile: UncertainPercentile, isJoint: boolean): string {
  const { row, run, samples } = percentile;
  const subject = subjectOf(row) ?? 'all requests together';
  return `${isJoint ? `${run.scenario}, ` : ''}${subject} has ${formatCount(samples)}, and ${neededText(percentile)}`;
}

function neededText({ needed }: UncertainPercentile): string {
  return Number.isFinite(needed) ? `${formatCount(needed)} are needed` : 'lies at its limit';
}

/** Those that say the same of different endpoints in one line, and each that is near its limit in one of its own. */
function evidenceOf(rows: readonly UncertainPercentile[], isJoint: boolean): string[] {
  const alike = groupBy(rows, (each) => `${isJoint ? `${each.run.scenario}: ` : ''}${judgedText(each)}`);
  return [...alike].map(([what, all]) => `${what}: ${all.map(measuredText).join(', ')}`);
}

function judgedText(percentile: UncertainPercentile): string {
  const { row, run } = percentile;
  const { unstable, title, operator, limit, unit } = row;
  const { windowSeconds } = run.load;
  return [
    title,
    `limit ${operator} ${formatLimit(limit, unit)}`,
    ...(unstable === undefined ? [] : [`90 % interval ${formatMs(unstable.lowMs)} to ${formatMs(unstable.highMs)}`]),
    ...(windowSeconds === undefined ? [] : [`in ${formatDuration(windowSeconds)} of load`]),
    neededText(percentile),
  ].join(', ');
}

function measuredText({ row, samples }: UncertainPercentile): string {
  return `${subjectOf(row) ?? 'all'} ${figureText(row) ?? 'not stored'} (${counted(samples, 'sample')})`;
}

function recommendationsOf(rows: readonly UncertainPercentile[]): Recommendation[] {
  const urgency = rows.some(({ row }) => row.unstable !== undefined || row.verdict === 'fail') ? 'should' : 'could';
  const longer = [...new Set(rows.map(({ run }) => run))].flatMap((run) =>
    howToGetThem(
      rows.filter((row) => row.run === run),
      run,
    ),
  );
  const others = [
    rows.some(({ lacksByFailures }) => lacksByFailures) &&
      'Fix the failures first: with successful responses to those requests, there would be enough samples.',
    rows.some(({ needed }) => !Number.isFinite(needed)) &&
      'Judge the share of responses beyond the limit instead where a percentile lies at its limit: no longer run decides it.',
  ].filter((text) => typeof text === 'string');
  return [...longer, ...others].map((text) => ({ urgency, text }));
}

/** What a declared limit holds back would make the run of all others too long: it is told apart. */
function howToGetThem(rows: readonly UncertainPercentile[], run: RunEvidence): string[] {
  const secondsOf = (areHeldBack: boolean) =>
    Math.max(
      0,
      ...rows.filter(({ isHeldBack }) => isHeldBack === areHeldBack).map(({ secondsNeeded = 0 }) => secondsNeeded),
    );
  const [seconds, behindLimits] = [secondsOf(false), secondsOf(true)];
  const heldBack = rows.filter(({ isHeldBack, secondsNeeded }) => isHeldBack && secondsNeeded !== undefined);
  return [
    ...(seconds > 0 ? [howToSendMore(run, seconds)] : []),
    ...(behindLimits > seconds
      ? [
          `${named(heldBack.map(({ row }) => subjectOf(row) ?? ''))} ${heldBack.length === 1 ? 'needs' : 'need'} ${formatDuration(roundUp(behindLimits))} of ${run.scenario}, because of ${heldBack.length === 1 ? 'its rate limit' : 'their rate limits'}: judge a lower percentile there if that is too long.`,
        ]
      : []),
  ];
}

function howToSendMore({ scenario, plan, load, source, study }: RunEvidence, seconds: number): string {
  if (seconds > LONGEST_SECONDS)
    return `Raise the load of ${scenario}, or judge a lower percentile: at this rate the samples take ${formatDuration(roundUp(seconds))}.`;
  const shapes = Object.values(load.plan ?? {});
  if (source !== 'k6-verdict' || study !== undefined || shapes.some(isFixedWork))
    return `Send about ${Math.ceil(seconds / (load.windowSeconds ?? seconds))} times as many requests in ${scenario}.`;
  return `Run ${scenario} with ${plan === undefined ? '' : `--plan ${plan} `}--duration ${formatDuration(roundUp(seconds))}.`;
}

const STEP_SECONDS = 15;
const MINUTE = 60;

/** To a length that somebody would type: quarters of a minute, then minutes. */
function roundUp(seconds: number): number {
  const step = seconds <= 2 * MINUTE ? STEP_SECONDS : MINUTE;
  return Math.ceil(seconds / step) * step;
}
