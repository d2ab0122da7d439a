import { FaultSchedule } from './fault-schedule.ts';
import type { EndpointKnobs } from './knobs.ts';
import { limiterOf } from './limiter.ts';

/** What is to be done with one request. */
export type Decision =
  | { readonly kind: 'serve'; readonly afterMs: number }
  | { readonly kind: 'status'; readonly status: number; readonly afterMs: number }
  | { readonly kind: 'reset'; readonly afterMs: number }
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'hang' };

/**
 * Turns the knobs of one endpoint into a decision per request. An endpoint that hangs or knows only one status never
 * asks its limiter. Everywhere else the limiter comes first: delays and faults meet accepted requests only, so every
 * answer but 429 has used up the limit, and a 429 is quick.
 */
export function decisionsFor(knobs: EndpointKnobs): (client: string) => Decision {
  const { hangs, status, delayMs } = knobs;
  if (hangs) return () => ({ kind: 'hang' });
  if (status !== undefined) return () => ({ kind: 'status', status, afterMs: delayMs });

  const limiter = knobs.rateLimit && limiterOf(knobs.rateLimit);
  const faults = new FaultSchedule({ reset: knobs.resetShare, error: knobs.errorShare, slow: knobs.slowShare });

  return (client) => {
    const admission = limiter?.admit(client);
    if (admission?.accepted === false) {
      return { kind: 'rate-limited', retryAfterSeconds: admission.retryAfterSeconds };
    }
    switch (faults.next()) {
      case 'reset':
        return { kind: 'reset', afterMs: delayMs };
      case 'error':
        return { kind: 'status', status: 500, afterMs: delayMs };
      case 'slow':
        return { kind: 'serve', afterMs: knobs.slowDelayMs };
      case undefined:
        return { kind: 'serve', afterMs: delayMs };
    }
  };
}
