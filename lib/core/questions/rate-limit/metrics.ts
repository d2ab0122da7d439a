import type { QuestionMetrics } from '../question.ts';
import type { RateLimitPlan, RateLimitStudy } from './answer.ts';

export const METRICS = {
  /** `rate-limit`: requests accepted in a window beyond the declared limit, at most. */
  acceptedInWindowBeyondLimit: {
    title: 'accepted in a window beyond the declared limit',
    operator: '<=',
    unit: 'count',
    measure: ({ beyondLimit, requests }) => [beyondLimit, requests],
  },
  /** `rate-limit`: ways around the limit that are open, at most. */
  openBypasses: {
    title: 'ways around the limit that are open',
    operator: '<=',
    unit: 'count',
    measure: ({ bypasses }) => {
      const told = bypasses.filter(({ state }) => state !== 'unclear');
      return [told.length === 0 ? undefined : told.filter(({ state }) => state === 'open').length, told.length];
    },
  },
  /** `rate-limit`: requests of another client that are refused while one is limited, at most. */
  starvedRequests: {
    title: 'requests of another client refused with it',
    operator: '<=',
    unit: 'count',
    applies: ({ hasSecondClient }) => hasSecondClient,
    measure: ({ isolation }) => [isolation?.refused, isolation?.requests ?? 0],
  },
  /** `rate-limit`: share (0-1) of 429 replies whose Retry-After is wrong or missing, at most. */
  wrongRetryAfterShare: {
    title: '429 replies with a wrong Retry-After, or none',
    operator: '<=',
    unit: 'share',
    measure: ({ retryAfter: { right, early, late, missing } }) => {
      const told = right + early + late + missing;
      return [told === 0 ? undefined : (early + late + missing) / told, told];
    },
  },
} as const satisfies QuestionMetrics<RateLimitPlan, RateLimitStudy>;
