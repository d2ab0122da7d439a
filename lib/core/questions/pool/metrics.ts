import { formatActual } from '../../spec/figure-text.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { counted } from '../../spec/words.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { PoolPlan, PoolStudy } from './answer.ts';

export const METRICS = {
  /** `pool`: users at a time who are served as fast as one alone, at least. */
  freeUsers: {
    title: 'users served as fast as one alone',
    operator: '>=',
    unit: 'count',
    measure: freeUsers,
  },
  /** `pool`: milliseconds until requests beyond that are answered, one way or the other; must stay below. */
  excessAnswerMs: {
    title: 'time until the excess is answered',
    operator: '<',
    unit: 'ms',
    measure: excessAnswer,
  },
} as const satisfies QuestionMetrics<PoolPlan, PoolStudy>;

/** At least as many as in the last step in which nobody waited, and fewer than in the first one in which some did. */
function freeUsers({ freeUsers: free = 0, exhaustedUsers, steps }: PoolStudy, limit: number): MeasuredFigure {
  const samples = sum(steps.map(({ requests }) => requests));
  if (exhaustedUsers === undefined) {
    return {
      samples,
      between: { low: free },
      seen: `at least ${free}`,
      toTell: `no request waited: raise VUS to ${limit}`,
    };
  }
  const most = exhaustedUsers - 1;
  const between = { low: free, high: most };
  if (limit <= free || limit > most) return { samples, actual: free, between };
  const toTell = `no step was sent with ${counted(limit, 'user')}`;
  return { samples, between, seen: `between ${free} and ${most}`, toTell };
}

/** Where nobody had to wait there was no excess; what hung until its client gave up has not been answered at all. */
function excessAnswer({ excess, excessMs, steps }: PoolStudy, limit: number): MeasuredFigure {
  const samples = steps.at(-1)?.requests ?? 0;
  const most = steps.at(-1)?.level ?? 0;
  if (excess === undefined) {
    return {
      samples: 0,
      seen: `no excess with up to ${counted(most, 'user')}`,
      toTell: 'no request waited: raise VUS until one does',
    };
  }
  if (excess !== 'hang') return { samples, ...present({ actual: excessMs }) };
  if (excessMs === undefined) return { samples };
  return {
    samples,
    between: { low: excessMs },
    seen: `not within ${formatActual(excessMs, limit, 'ms')}`,
    toTell: `its clients gave up before: raise REQUEST_TIMEOUT beyond ${limit} ms`,
  };
}
