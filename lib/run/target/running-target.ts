import type { BaseUrl } from '../../core/spec/base-url.ts';

/** A service that somebody else has started. */
export interface RunningTarget {
  readonly kind: 'running';
  /** As it was given. It can hold credentials: for k6 alone, and in no message. */
  readonly url: string;
  readonly address: BaseUrl;
  /** What the address was given as, for messages: `BASE_URL`. */
  readonly named: string;
}
