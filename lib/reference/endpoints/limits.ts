import type { RateLimit } from 'k6-verdict';

/** The limiter of the reference service: so many requests per client in any 60 seconds. */
export const perMinute = (requests: number): RateLimit => ({
  requests,
  windowSeconds: 60,
  algorithm: 'sliding-window',
});
