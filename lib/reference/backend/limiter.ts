import type { RateLimit } from 'k6-verdict';
import type { Limiter } from './admission.ts';
import { FixedWindow } from './fixed-window.ts';
import { SlidingWindow } from './sliding-window.ts';

export function limiterOf(rateLimit: RateLimit): Limiter {
  return rateLimit.algorithm === 'fixed-window' ? new FixedWindow(rateLimit) : new SlidingWindow(rateLimit);
}
