/** Ways around a rate limit that are tried. */
export const BYPASS_WAYS = [
  'x-forwarded-for',
  'x-real-ip',
  'trailing-slash',
  'double-slash',
  'upper-case',
  'percent-encoding',
  'head',
  'options',
  'other-methods',
  'fresh-connection',
] as const;

export type BypassWay = (typeof BYPASS_WAYS)[number];

/** One reply, as the script met it. Times are milliseconds since the load began. */
export interface LimitEvent {
  readonly client: 1 | 2;
  /**
   * `measure`: what the windows are checked with. `control`: the same request, to see whether the limit is still used
   * up. `attempt`: a way around it. `patient`: sent when Retry-After said so.
   */
  readonly purpose: 'measure' | 'control' | 'attempt' | 'patient';
  readonly way?: BypassWay;
  readonly round?: number;
  readonly sentAtMs: number;
  readonly doneAtMs: number;
  /** 0 without a reply. */
  readonly status: number;
  readonly isOk: boolean;
  /** Seconds, where the reply says so. */
  readonly retryAfterSeconds?: number;
}
