import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Data } from '../data/data.ts';
import type { Send } from '../journeys/call.ts';
import type { CredentialValue } from './credential-value.ts';

/** A text of credentials: one that is read elsewhere, one of the user's row, or the text itself. */
export type Value<Row> = CredentialValue | ((row: Row) => string) | string;

/** What a login can use. */
export interface LoginTools<Id extends string, Row, Name extends string> {
  /** Sends to the endpoints of the login. A reply that is not `ok` ends the journey at its endpoint. */
  readonly send: Send<Id>;
  /** The row of the user; undefined where there is no data. */
  readonly row: Row;
  /** `values` of the definition, as texts. */
  readonly values: Readonly<Record<Name, string>>;
}

/** How a user logs in: when it first sends something, and again where what it got is over. */
interface Login<Id extends string, Row, Name extends string, Got> {
  /** All that the login asks: each is an endpoint of the test, and counted like any other. */
  readonly endpoints: readonly Endpoint<Id>[];
  /** Texts that the login needs besides the row, such as the secret of a client. */
  readonly values?: Readonly<Record<Name, Value<Row>>>;
  readonly login: (tools: LoginTools<Id, Row, Name>) => Got;
}

/** What a login got. Its user logs in again a tenth of that time before its end, at most 30 s before. */
export interface Lasting {
  /** How long it is good, from the time at which the login began. @default until a request is answered 401 */
  readonly expiresInSeconds?: number;
}

interface OfUsers<Row> {
  /** Each user has a row of it. Not one that is picked by `iteration`: a user logs in once for many. */
  readonly data?: Data<Row>;
}

interface BearerHeader {
  readonly kind: 'bearer';
  /** @default 'Authorization' */
  readonly header?: string;
  /** Stands before the token, with a space; '' for nothing. @default 'Bearer' */
  readonly scheme?: string;
}

/** A token in a header, which a login gets. */
export interface BearerLogin<Id extends string, Row, Name extends string>
  extends BearerHeader,
    OfUsers<Row>,
    Login<Id, Row, Name, Lasting & { readonly token: string }> {}

/** A token in a header, which is there already. */
export interface BearerToken<Row> extends BearerHeader, OfUsers<Row> {
  readonly token: Value<Row>;
}

/** Cookies that a login sets: they are the user's own, and live over its journeys. */
export interface CookieSession<Id extends string, Row, Name extends string>
  extends OfUsers<Row>,
    // A login that has nothing to say returns nothing.
    // biome-ignore lint/suspicious/noConfusingVoidType: that is what such a function returns
    Login<Id, Row, Name, Lasting | undefined | void> {
  readonly kind: 'cookies';
}

/** User name and password in each request (RFC 7617). */
export interface BasicAuth<Row> extends OfUsers<Row> {
  readonly kind: 'basic';
  readonly username: Value<Row>;
  readonly password: Value<Row>;
}

/** A key in a header of each request. */
export interface ApiKey<Row> extends OfUsers<Row> {
  readonly kind: 'api-key';
  /** The name of the header, such as `x-api-key`. */
  readonly header: string;
  readonly key: Value<Row>;
}

export type AuthDefinition<Id extends string, Row, Name extends string> =
  | BearerLogin<Id, Row, Name>
  | BearerToken<Row>
  | CookieSession<Id, Row, Name>
  | BasicAuth<Row>
  | ApiKey<Row>;

/** Where it does not matter which. */
export type AnyAuthDefinition = AuthDefinition<string, unknown, string>;
