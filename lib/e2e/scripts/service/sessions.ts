import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The key that opens the same doors as a token. */
export const API_KEY = 'key-of-the-tests';
/** The password of every user; the name is the user's own. */
export const PASSWORD = 'open sesame';

/** Who is let in: by a token, which may hold for a number of requests only, by the API key, or by a cookie. */
export class Sessions {
  readonly #usesLeft = new Map<string, number>();
  readonly #cookies = new Set<string>();

  /** A token that is good for so many requests. */
  issueToken(uses = Number.POSITIVE_INFINITY): string {
    const token = randomUUID();
    this.#usesLeft.set(token, uses);
    return token;
  }

  openCookie(): string {
    const id = randomUUID();
    this.#cookies.add(id);
    return id;
  }

  closeCookie(request: FastifyRequest): void {
    this.#cookies.delete(cookiesOf(request).session ?? '');
  }

  hasCookie(request: FastifyRequest): boolean {
    return this.#cookies.has(cookiesOf(request).session ?? '');
  }

  /** A hook for routes that want a credential: 401 without one. */
  readonly require = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (this.hasCookie(request) || request.headers['x-api-key'] === API_KEY || this.#takesToken(request)) return;
    await reply.code(401).send({ error: 'no credential, or one that is used up' });
  };

  #takesToken(request: FastifyRequest): boolean {
    const [, token = ''] = /^(?:Bearer|token) (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const left = this.#usesLeft.get(token) ?? 0;
    if (left > 0) this.#usesLeft.set(token, left - 1);
    return left > 0;
  }
}

export function cookiesOf({ headers }: FastifyRequest): Record<string, string> {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=') as [string, string?]);
  return Object.fromEntries(pairs.filter(([name]) => name !== '').map(([name, value = '']) => [name, value]));
}
