import type { CookieJar } from 'k6/http';
import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Data } from '../data/data.ts';
import type { Send } from '../journeys/call.ts';

/** What a request carries of the one who sends it. */
export interface Carried {
  readonly headers?: Readonly<Record<string, string>>;
  /** A jar of the user's own; without one k6 has one for each iteration. */
  readonly jar?: CookieJar;
}

/** How requests say whom they come from. */
export interface Auth<Id extends string = string> {
  /** What its login asks: each is counted like any other endpoint. */
  readonly endpoints: readonly Endpoint<Id>[];
  readonly data?: Data;
  /** That all is there that it needs, before anything is sent. @throws UserError that names what is missing, and no value */
  readonly expectComplete: () => void;
  /** The secrets that k6 is asked for, by their names. */
  readonly secrets: readonly string[];
  /** Of one user, once, and of the trial. */
  readonly begin: (circumstances: AuthCircumstances) => Credentials;
}

export interface AuthCircumstances {
  /** Sends for a login: what is not `ok` ends the journey at its endpoint, and nothing is carried but what is said here. */
  readonly sendWith: (carried: Carried) => Send;
  /** The row of the user, of `data`. */
  readonly row: unknown;
}

/** What one user has. */
export interface Credentials {
  /** What to wait for before a journey of the user, or a request of a hook; undefined where there is nothing, or nothing any more. */
  readonly ready: () => Promise<void> | undefined;
  /** What the next request carries. Logs in first, where that is due. */
  readonly carried: () => Carried;
  /** The same where nothing is due yet: undefined before the first login, and no longer good from `renewAtMs` on. */
  readonly carries: Carried | undefined;
  readonly renewAtMs: number;
  /** A request was answered 401. @returns whether it is worth sending again, once, with what `carried` then says */
  readonly renew: () => boolean;
  /**
   * What nobody else is to know of it, as far as it is there: nothing is asked for it.
   * @param url whose cookies are its own; undefined where nothing was asked yet
   */
  readonly own: (url: string | undefined) => unknown;
}
