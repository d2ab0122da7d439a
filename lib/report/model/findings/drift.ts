import type { TimelinePoint } from '../../../core/measure/timeline.ts';
import { questionOf } from '../../../core/questions/table.ts';
import { hypothesis, type Problem, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { medianOf } from '../../../core/spec/median.ts';
import { formatDuration, formatFactor, formatFigure, formatMs, formatShare } from '../../../core/spec/units.ts';
import type { RunEvidence } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { type Trend, trendOf } from '../trend.ts';
import type { Rule } from './rule.ts';

/** Fewer periods of steady load show no trend. */
const LEAST_PERIODS = 12;
const SLOWER = 1.5;
const LEAST_MS = 10;
const MORE_FAILURES = 0.05;
/** One-sided, as a normal deviate: one false alarm in a thousand runs. */
const SURE = 3.09;

/** Whether the service got worse while the load stayed the same: a leak, or something that runs out. */
export const drift: Rule = ({ runs }) =>
  runs
    .filter(({ study }) => questionOf(study)?.tellsDrift !== true || study?.invalid !== undefined)
    .flatMap((run) => [...slowdown(run), ...moreFailures(run)]);

function slowdown(run: RunEvidence): Problem[] {
  const points = steadyPoints(run).filter(({ okMs }) => okMs !== undefined);
  const trend = trendOf(points.map(({ okMs }) => okMs?.p95 ?? 0));
  const { first, last } = ends(points.map(({ okMs }) => okMs?.p95 ?? 0));
  if (points.length < LEAST_PERIODS || trend.deviate < SURE || last < SLOWER * first || last - first < LEAST_MS)
    return [];
  return [
    problem(run, trend, points, {
      id: 'drift-latency',
      title: 'The service gets slower as the run goes on',
      summary: `${run.scenario}: p95 of successful responses went from ${formatMs(first)} to ${formatMs(last)} (${formatFactor(last / first)}) under a steady load.`,
    }),
  ];
}

function moreFailures(run: RunEvidence): Problem[] {
  const points = steadyPoints(run).filter(({ requests }) => requests > 0);
  const shares = points.map(({ outcomes, requests }) => 1 - countOutcomes(outcomes, 'ok', 'rate_limited') / requests);
  const trend = trendOf(shares);
  const { first, last } = ends(shares);
  if (points.length < LEAST_PERIODS || trend.deviate < SURE || last - first < MORE_FAILURES) return [];
  return [
    problem(run, trend, points, {
      id: 'drift-failures',
      title: 'More and more requests fail as the run goes on',
      summary: `${run.scenario}: the share of failed requests went from ${formatShare(first)} to ${formatShare(last)} under a steady load.`,
    }),
  ];
}

/** While all users were there: ramping up is no drift. Where requests come at a rate, more users only mean slower replies. */
function steadyPoints({ timeline, load }: RunEvidence): readonly TimelinePoint[] {
  const points = timeline?.points ?? [];
  const shapes = Object.values(load.plan ?? {});
  if (shapes.length > 0 && shapes.every(({ kind }) => kind === 'constant-arrivals')) return points;
  const most = Math.max(0, ...points.map(({ activeUsers }) => activeUsers ?? 0));
  return points.filter(({ activeUsers }) => activeUsers === undefined || activeUsers >= 0.9 * most);
}

/** The median of the first and of the last third. */
function ends(values: readonly number[]): { readonly first: number; readonly last: number } {
  const third = Math.max(1, Math.floor(values.length / 3));
  return { first: medianOf(values.slice(0, third)) ?? 0, last: medianOf(values.slice(-third)) ?? 0 };
}

function problem(
  { load, totals }: RunEvidence,
  trend: Trend,
  points: readonly TimelinePoint[],
  texts: Pick<Problem, 'id' | 'title' | 'summary'>,
): Problem {
  const broke = countOutcomes(totals.outcomes, 'refused', 'reset');
  return {
    ...texts,
    severity: 'high',
    impact: 'high',
    area: 'capacity',
    description: 'The load was steady, so the service itself degraded. A longer run shows whether it goes on.',
    endpoints: [],
    evidence: [
      `medians of the first and the last third of ${points.length} periods, while all users were active`,
      `rising in ${formatShare(trend.risingShare)} of all pairs of periods (Mann-Kendall test: ${formatFigure(trend.deviate)} standard deviations)`,
      `${formatDuration(load.windowSeconds ?? 0)} of load`,
    ],
    hypotheses: rankHypotheses([
      hypothesis('A resource leaks: memory, connections or file descriptors.', {
        for: ['it gets worse under a steady load', broke > 0 && 'in the end connections were refused or reset'],
      }),
      hypothesis('A queue fills faster than it is emptied.', {
        for: ['it gets worse under a steady load'],
        against: [
          load.model === 'closed' &&
            'in a closed model users wait for their responses, so a queue cannot grow beyond them',
        ],
      }),
    ]),
    recommendations: [
      {
        urgency: 'should',
        text: 'Watch memory, open connections and queue lengths of the service over a longer run, and find what grows.',
      },
    ],
  };
}
