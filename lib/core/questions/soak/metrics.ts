import { present } from '../../spec/present.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { DriftRow, SoakPlan, SoakStudy } from './answer.ts';
import { figureName } from './drift-text.ts';
import { describeChange, growsByMore, growthPerHour, roughly, whatWouldTell } from './growth.ts';

export const METRICS = {
  /** `soak`: how much slower the p95 gets per hour, as a share (0-1) of what it was, at most. Judged by the interval of what the data say: it may be wholly within the limit, wholly beyond it, or not told. */
  p95DriftPerHour: {
    title: 'drift of p95 per hour',
    operator: '<=',
    unit: 'share',
    measure: (answer, limit) => growthOf(answer, 'p95', limit),
  },
  /** `soak`: how much more requests fail per hour, as a share (0-1) of all requests, at most. */
  failureDriftPerHour: {
    title: 'drift of failures per hour',
    operator: '<=',
    unit: 'share',
    measure: (answer, limit) => growthOf(answer, 'failures', limit),
  },
  /** `soak`: growth of memory per hour, as a share (0-1) of what it was, at most. */
  memoryDriftPerHour: {
    title: 'growth of memory per hour',
    operator: '<=',
    unit: 'share',
    applies: ({ hasServerMetrics }) => hasServerMetrics,
    measure: (answer, limit) => growthOf(answer, 'memory', limit),
  },
  /** `soak`: growth of open connections per hour, as a share (0-1) of what they were, at most. */
  connectionDriftPerHour: {
    title: 'growth of open connections per hour',
    operator: '<=',
    unit: 'share',
    applies: ({ hasServerMetrics }) => hasServerMetrics,
    measure: (answer, limit) => growthOf(answer, 'connections', limit),
  },
} as const satisfies QuestionMetrics<SoakPlan, SoakStudy>;

/** What a figure is at least taken to be at the beginning, where growth is a share of that: of nothing there is none. */
const LEAST_LEVELS: Readonly<Record<DriftRow['figure'], number>> = {
  p95: 0.1,
  failures: 1,
  memory: 1024 ** 2,
  connections: 1,
};

/** As a share of what the figure was at the beginning; of failures, of all requests. */
function growthOf(answer: SoakStudy, figure: DriftRow['figure'], limit: number): MeasuredFigure {
  const drift = answer.drifts.find((each) => each.figure === figure);
  if (drift === undefined) return notTold(answer, figure);
  const level = figure === 'failures' ? 1 : Math.max(drift.level, LEAST_LEVELS[figure]);
  const [low, high] = growthPerHour(drift, answer);
  const between = { low: low / level, high: high / level };
  const samples = drift.points;
  const range = `${roughly(between.low, limit)} to ${roughly(between.high, limit)}`;
  const actual = drift.perHour / level;
  if (between.high <= limit) return { samples, actual, between, seen: `${roughly(actual, limit)} (${range})` };
  if (growsByMore(drift, answer, limit * level)) {
    const seen = `${describeChange(drift, answer)}, about ${roughly(actual, limit)} per hour`;
    return { samples, actual, between, seen };
  }
  if (between.low > limit) {
    const toTell = 'the rise is early or small: a longer run (DURATION) is needed to see whether it goes on';
    return { samples, between: { high: between.high }, seen: describeChange(drift, answer), toTell };
  }
  return { samples, between, seen: range, toTell: whatWouldTell(drift, answer, limit * level) };
}

function notTold({ missing }: SoakStudy, figure: DriftRow['figure']): MeasuredFigure {
  const why = missing.find((text) => text.startsWith(`${figure}: `))?.slice(figure.length + 2);
  return { samples: 0, seen: `no ${figureName(figure)} over time`, ...present({ toTell: why }) };
}
