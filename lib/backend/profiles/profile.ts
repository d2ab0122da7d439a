import type { EndpointId } from '../../endpoints/index.ts';

/** What the service says to an accepted request. */
export interface ServiceReply {
  readonly status: number;
  /** JSON, sent as it is. */
  readonly body: string;
}

/**
 * How the service behind the limiter behaves. A profile may keep state of its own (a pool, a queue), so one is made for
 * each server; what the flags add (delays, faults, limits) happens around it.
 */
export interface Profile {
  readonly answer: (id: EndpointId) => ServiceReply | Promise<ServiceReply>;
}
