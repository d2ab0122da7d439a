import type { TimelinePoint } from '../../../core/measure/timeline.ts';
import { hypothesis, type Problem, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { modelOf } from '../../../core/spec/load-shape.ts';
import { medianOf } from '../../../core/spec/median.ts';
import { formatCount, formatFactor, formatMs, formatRate, formatShare } from '../../../core/spec/units.ts';
import type { RunEvidence } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import type { Rule } from './rule.ts';

/** Fewer periods of each show no level. */
const LEAST_PERIODS = 3;
/** Of the most users: what counts as about half of them, and as all of them. */
const HALF = [0.35, 0.65] as const;
const ALL = 0.9;
/** With half as many users again, a service that has room left serves more than a tenth more. */
const MOST_GROWTH = 1.1;
const SLOWER = 1.4;
const LEAST_MS = 10;
/** Replies that a limit gave are fast, and no sign of a service that is full. */
const MOST_LIMITED = 0.05;

/** Whether more users brought no more replies, only slower ones: the service is full (Little's law). */
export const throughputLimit: Rule = ({ runs }) => runs.flatMap((run) => (run.study === undefined ? limitOf(run) : []));

function limitOf(run: RunEvidence): Problem[] {
  const { timeline, load, scenario } = run;
  if (timeline === undefined || load.model !== 'closed' || hasArrivals(load)) return [];
  const points = timeline.points.filter(({ activeUsers = 0, okMs }) => activeUsers > 0 && okMs !== undefined);
  const most = Math.max(0, ...points.map(({ activeUsers = 0 }) => activeUsers));
  const rising = points.slice(0, points.findLastIndex(({ activeUsers }) => activeUsers === most) + 1);
  const half = levelOf(rising.filter((point) => isWithin(point, HALF[0] * most, HALF[1] * most)));
  const all = levelOf(rising.filter((point) => isWithin(point, ALL * most, most)));
  if (half === undefined || all === undefined || all.limitedShare > MOST_LIMITED) return [];
  const isFull = all.okPerSecond <= MOST_GROWTH * half.okPerSecond;
  const isSlower = all.p50Ms >= SLOWER * half.p50Ms && all.p50Ms - half.p50Ms >= LEAST_MS;
  if (!isFull || !isSlower) return [];
  return [
    {
      id: 'throughput-limit',
      title: 'Throughput stopped rising with more users',
      severity: 'medium',
      impact: 'high',
      area: 'capacity',
      summary: `${scenario}: from ${formatCount(half.users)} to ${formatCount(all.users)} users, successful responses went from ${formatRate(half.okPerSecond)} to ${formatRate(all.okPerSecond)}, and their median from ${formatMs(half.p50Ms)} to ${formatMs(all.p50Ms)}.`,
      description: 'The service is at its throughput limit: with more users, each only waits longer.',
      endpoints: [],
      evidence: [
        `medians of ${half.periods} periods with about ${formatCount(half.users)} users and of ${all.periods} periods with about ${formatCount(all.users)}`,
        `${formatFactor(all.users / half.users)} the users, ${formatFactor(all.okPerSecond / half.okPerSecond)} the successful responses per second, ${formatFactor(all.p50Ms / half.p50Ms)} the median`,
      ],
      hypotheses: rankHypotheses([
        hypothesis('All requests share a resource of fixed size: workers, connections, a lock or a CPU.', {
          for: ['responses become slower as users are added, and not more'],
        }),
        hypothesis('The load generator cannot send more.', {
          for: [(run.host?.cpuBusyShare ?? 0) > 0.8 && `it was ${formatShare(run.host?.cpuBusyShare ?? 0)} busy`],
        }),
      ]),
      recommendations: [
        {
          urgency: 'should',
          text: `Find what is used up at about ${formatRate(all.okPerSecond)}, and run the breakpoint scenario to find the rate at which the service breaks.`,
        },
      ],
    },
  ];
}

/** Of arrivals the service is asked no more with more users. */
function hasArrivals({ plan = {} }: RunEvidence['load']): boolean {
  return Object.values(plan).some((shape) => modelOf(shape) === 'open');
}

interface Level {
  readonly periods: number;
  readonly users: number;
  readonly okPerSecond: number;
  readonly p50Ms: number;
  readonly limitedShare: number;
}

function levelOf(points: readonly TimelinePoint[]): Level | undefined {
  if (points.length < LEAST_PERIODS) return undefined;
  const median = (figure: (point: TimelinePoint) => number) => medianOf(points.map(figure)) ?? 0;
  return {
    periods: points.length,
    users: Math.round(median(({ activeUsers = 0 }) => activeUsers)),
    okPerSecond: median((point) => point.requestsPerSecond * shareOf(point, 'ok')),
    p50Ms: median(({ okMs }) => okMs?.p50 ?? 0),
    limitedShare: median((point) => shareOf(point, 'rate_limited')),
  };
}

function shareOf({ outcomes, requests }: TimelinePoint, outcome: 'ok' | 'rate_limited'): number {
  return countOutcomes(outcomes, outcome) / Math.max(1, requests);
}

function isWithin({ activeUsers = 0 }: TimelinePoint, least: number, most: number): boolean {
  return activeUsers >= least && activeUsers <= most;
}
