import type { Auth } from '../auth/auth.ts';
import type { Send } from './call.ts';

/** What `setup` of a test can do. Its requests are counted in no figure. */
export interface HookTools {
  /** Sends to any endpoint. */
  readonly send: Send;
  /** The same with the credentials of a user: logs in first, with a row that is not taken from the load. */
  readonly as: (auth: Auth) => Promise<Send>;
}

/** What `teardown` can do. */
export interface TeardownTools extends HookTools {
  /** What `setup` returned. */
  readonly setup: unknown;
}
