import { counted, named } from '../../spec/words.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { RateLimitPlan, RateLimitStudy } from './answer.ts';

export const METRICS = {
  /** `rate-limit`: requests accepted in a window beyond the declared limit, at most. */
  acceptedInWindowBeyondLimit: {
    title: 'accepted in a window beyond the declared limit',
    operator: '<=',
    unit: 'count',
    measure: beyond,
  },
  /** `rate-limit`: ways around the limit that are open, at most. */
  openBypasses: {
    title: 'open bypasses of the limit',
    operator: '<=',
    unit: 'count',
    measure: openWays,
  },
  /** `rate-limit`: requests of another client that are refused while one is limited, at most. */
  starvedRequests: {
    title: 'requests of another client refused too',
    operator: '<=',
    unit: 'count',
    applies: ({ hasSecondClient }) => hasSecondClient,
    measure: starved,
  },
  /** `rate-limit`: share (0-1) of 429 replies whose Retry-After is wrong or missing, at most. */
  wrongRetryAfterShare: {
    title: '429 responses with a wrong Retry-After, or none',
    operator: '<=',
    unit: 'share',
    measure: wrongRetryAfter,
  },
} as const satisfies QuestionMetrics<RateLimitPlan, RateLimitStudy>;

/** Where the limit was never used up, nobody can say what it lets through. */
function beyond({ beyondLimit, requests, limited, mostInWindow }: RateLimitStudy): MeasuredFigure {
  if (limited > 0 || beyondLimit > 0) return { samples: requests, actual: beyondLimit };
  return {
    samples: requests,
    between: { low: 0 },
    seen: 'the limit was not used up',
    toTell: `at most ${counted(mostInWindow, 'request')} fell into one window: the service is too slow for its limit to be reached`,
  };
}

/** A way of which nothing can be told may be open. */
function openWays({ bypasses }: RateLimitStudy): MeasuredFigure {
  const open = bypasses.filter(({ state }) => state === 'open').length;
  const untold = bypasses.filter(({ state }) => state === 'unclear');
  const samples = bypasses.length - untold.length;
  if (bypasses.length === 0) return { samples };
  if (untold.length === 0) return { samples, actual: open };
  return {
    samples,
    between: { low: open, high: open + untold.length },
    seen: open === 0 ? `${counted(untold.length, 'way')} not told` : `${open}, and ${untold.length} not told`,
    toTell: `no result for ${named(untold.map(({ way }) => way))}: see "Bypasses of the limit"`,
  };
}

function starved({ isolation }: RateLimitStudy): MeasuredFigure {
  if (isolation !== undefined) return { samples: isolation.requests, actual: isolation.refused };
  return {
    samples: 0,
    seen: 'another client was not seen',
    toTell: 'it was never answered while the first one was refused',
  };
}

/** A value that no limit explains may be right or wrong. */
function wrongRetryAfter({ limited, retryAfter: { right, early, late, missing } }: RateLimitStudy): MeasuredFigure {
  if (limited === 0) return { samples: 0, seen: 'no 429 response', toTell: 'the limit was not used up' };
  const wrong = early + late + missing;
  const untold = Math.max(0, limited - right - wrong);
  if (untold === 0) return { samples: limited, actual: wrong / limited };
  return {
    samples: limited,
    between: { low: wrong / limited, high: (wrong + untold) / limited },
    seen: `${wrong} of ${limited}, and ${untold} not told`,
    toTell: 'no known type of limit fits, so the right Retry-After is not known',
  };
}
