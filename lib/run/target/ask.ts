import type { BaseUrl } from '../../core/spec/base-url.ts';
import { present } from '../../core/spec/present.ts';

/**
 * Sends one GET. Credentials of the URL go into a header, since fetch takes no URL that holds them; a redirect is the
 * reply, and not followed: the host behind it was never allowed.
 */
export function ask({ href, credentials }: BaseUrl, timeoutMs: number): Promise<Response> {
  const authorization = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  return fetch(href, {
    headers: present({ authorization }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
}
