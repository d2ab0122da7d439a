import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { MonotonicClock } from '../admission.ts';
import { Latest } from './latest.ts';

const ACCOUNTS = 1_000;
/** More logins than that at a time, and the first are forgotten. */
const KEPT = 100_000;

interface Token {
  readonly owner: string;
  readonly goodUntilMs: number;
}

/** Who may do what: shopper1 to shopper1000, whose passwords are pw1 to pw1000, with tokens and cookie sessions. */
export class Accounts {
  readonly tokenSeconds: number;
  readonly #now: MonotonicClock;
  readonly #tokens = new Latest<Token>(KEPT);
  readonly #sessions = new Latest<string>(KEPT);

  constructor(tokenSeconds: number, now: MonotonicClock = () => performance.now()) {
    this.tokenSeconds = tokenSeconds;
    this.#now = now;
  }

  /** @returns whose credentials they are */
  ownerOf({ username, password }: Readonly<Record<string, unknown>>): string | undefined {
    const [, number = ''] = /^shopper([1-9]\d{0,3})$/.exec(String(username)) ?? [];
    const isKnown = number !== '' && Number(number) <= ACCOUNTS && password === `pw${number}`;
    return isKnown ? `shopper${number}` : undefined;
  }

  newToken(owner: string): string {
    const token = randomUUID();
    this.#tokens.set(token, { owner, goodUntilMs: this.#now() + this.tokenSeconds * 1000 });
    return token;
  }

  newSession(owner: string): string {
    const session = randomUUID();
    this.#sessions.set(session, owner);
    return session;
  }

  /** @param authorization the header */
  ofToken(authorization = ''): string | undefined {
    const [, text = ''] = /^Bearer (.+)$/.exec(authorization) ?? [];
    const token = this.#tokens.get(text);
    return token !== undefined && this.#now() <= token.goodUntilMs ? token.owner : undefined;
  }

  /** @param cookies the header */
  ofSession(cookies = ''): string | undefined {
    const [, session = ''] = /(?:^|; *)sid=([^;]+)/.exec(cookies) ?? [];
    return this.#sessions.get(session);
  }
}
