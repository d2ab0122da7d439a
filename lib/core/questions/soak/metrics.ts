import type { QuestionMetrics } from '../question.ts';
import type { DriftRow, SoakPlan, SoakStudy } from './answer.ts';

export const METRICS = {
  /** `soak`: how much slower the p95 gets per hour, as a share (0-1) of what it was, at most. Drift that the data do not support is 0. */
  p95DriftPerHour: {
    title: 'drift of p95 per hour',
    operator: '<=',
    unit: 'share',
    measure: (answer) => relativeDrift(answer, 'p95'),
  },
  /** `soak`: how much more requests fail per hour, as a share (0-1) of all requests, at most. */
  failureDriftPerHour: {
    title: 'drift of failures per hour',
    operator: '<=',
    unit: 'share',
    measure: (answer) => driftPerHour(answer, 'failures'),
  },
  /** `soak`: growth of memory per hour, as a share (0-1) of what it was, at most. */
  memoryDriftPerHour: {
    title: 'growth of memory per hour',
    operator: '<=',
    unit: 'share',
    applies: ({ hasServerMetrics }) => hasServerMetrics,
    measure: (answer) => relativeDrift(answer, 'memory'),
  },
  /** `soak`: growth of open connections per hour, as a share (0-1) of what they were, at most. */
  connectionDriftPerHour: {
    title: 'growth of open connections per hour',
    operator: '<=',
    unit: 'share',
    applies: ({ hasServerMetrics }) => hasServerMetrics,
    measure: (answer) => relativeDrift(answer, 'connections'),
  },
} as const satisfies QuestionMetrics<SoakPlan, SoakStudy>;

type Measured = readonly [actual: number | undefined, samples: number];

/** A drift that is not claimed is none; one for the better is none either. */
function driftPerHour({ drifts }: SoakStudy, figure: DriftRow['figure']): Measured {
  const found = drifts.find((each) => each.figure === figure);
  if (found === undefined) return [undefined, 0];
  return [found.isClaimed ? Math.max(0, found.perHour) : 0, found.points];
}

/** As a share of what the figure was at the beginning. */
function relativeDrift(answer: SoakStudy, figure: DriftRow['figure']): Measured {
  const [perHour, points] = driftPerHour(answer, figure);
  if (perHour === undefined || perHour === 0) return [perHour, points];
  const level = answer.drifts.find((each) => each.figure === figure)?.level ?? 0;
  return [perHour / Math.max(level, Number.EPSILON), points];
}
