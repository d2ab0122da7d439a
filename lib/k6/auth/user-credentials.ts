import type { AuthCircumstances, Carried, Credentials } from './auth.ts';
import type { Value } from './auth-definition.ts';

export type Texts = Readonly<Record<string, string>>;

/** What a kind of credentials is, for all users. */
export interface AuthKind {
  readonly values: Readonly<Record<string, Value<unknown>>>;
  /** Whether there is a login, which may be repeated. */
  readonly logsIn: boolean;
  readonly obtain: (texts: Texts, circumstances: AuthCircumstances) => Obtained;
}

export interface Obtained {
  readonly carried: Carried;
  readonly lifeSeconds?: number | undefined;
}

/** A login is repeated before what it got is over: so long, or a tenth of its life where that is less. */
const LONGEST_MARGIN_SECONDS = 30;

/** The credentials of one user. */
export class UserCredentials implements Credentials {
  carries: Carried | undefined;
  renewAtMs = Number.POSITIVE_INFINITY;
  private readonly kind: AuthKind;
  private readonly circumstances: AuthCircumstances;
  private texts: Texts | undefined;

  constructor(kind: AuthKind, circumstances: AuthCircumstances) {
    this.kind = kind;
    this.circumstances = circumstances;
  }

  ready(): Promise<void> | undefined {
    if (this.texts !== undefined) return undefined;
    const read = readTexts(this.kind.values, this.circumstances.row);
    if (read instanceof Promise) {
      return read.then((texts) => {
        this.texts = texts;
      });
    }
    this.texts = read;
    return undefined;
  }

  carried(): Carried {
    if (this.carries === undefined || Date.now() >= this.renewAtMs) this.carries = this.obtain();
    return this.carries;
  }

  renew(): boolean {
    // Whatever else is answered 401 with the same finds it gone already: all of them lead to one login.
    if (this.kind.logsIn) this.carries = undefined;
    return this.kind.logsIn;
  }

  own(url: string | undefined): unknown {
    const { headers = {}, jar } = this.carries ?? {};
    const said = Object.values(headers);
    // A scheme stands before what is secret.
    const bare = said.map((each) => each.split(' ').slice(1));
    return [this.circumstances.row, this.texts, said, bare, url === undefined ? undefined : jar?.cookiesForURL(url)];
  }

  private obtain(): Carried {
    const { kind, circumstances, texts } = this;
    if (texts === undefined) throw new Error('Credentials were used before they were ready.');
    // A token is as old as the request for it, at most.
    const beganAtMs = Date.now();
    // A login that fails leaves nothing behind that could be used.
    this.carries = undefined;
    const { carried, lifeSeconds } = kind.obtain(texts, circumstances);
    this.renewAtMs = lifeSeconds === undefined ? Number.POSITIVE_INFINITY : beganAtMs + usableMs(lifeSeconds);
    return carried;
  }
}

function usableMs(lifeSeconds: number): number {
  return (lifeSeconds - Math.min(LONGEST_MARGIN_SECONDS, lifeSeconds / 10)) * 1000;
}

function readTexts(values: AuthKind['values'], row: unknown): Texts | Promise<Texts> {
  const read = Object.entries(values).map(([name, value]) => [name, textOf(value, row)] as const);
  if (!read.some(([, text]) => text instanceof Promise)) return Object.fromEntries(read) as Texts;
  return Promise.all(read.map(async ([name, text]) => [name, await text] as const)).then(Object.fromEntries<string>);
}

function textOf(value: Value<unknown>, row: unknown): string | Promise<string> {
  if (typeof value === 'string') return value;
  return typeof value === 'function' ? value(row) : value.read();
}
