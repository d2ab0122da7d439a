import type { EndpointId } from '../../endpoints/index.ts';
import type { Visit } from '../truth.ts';

/** What the service says to an accepted request. */
export interface ServiceReply {
  readonly status: number;
  /** JSON, sent as it is; empty where there is nothing to say. */
  readonly body: string;
  /** That the client is to keep. */
  readonly cookie?: string;
}

/** What a profile sees of a request: when nobody waits for its reply any more. */
export type Caller = Pick<Visit, 'ended' | 'whenEnded'>;

/** What a profile is given to work with. */
export interface Surroundings {
  /** Multiplies the profile's own times. */
  readonly timeScale: number;
  /** Ends the service as the death of its process would: open connections are cut, new ones refused. */
  readonly crash: () => void;
}

/**
 * How the service behind the limiter behaves. A profile may keep state of its own (a pool, a queue), so one is made for
 * each server; what the flags add (delays, faults, limits) happens around it.
 */
export interface Profile {
  /** Its reply is thrown away when the caller has gone by then. */
  readonly answer: (id: EndpointId, caller: Caller) => ServiceReply | Promise<ServiceReply>;
}
