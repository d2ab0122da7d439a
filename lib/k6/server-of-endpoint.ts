import type { BaseUrl } from '../core/spec/base-url.ts';
import type { Endpoint } from '../core/spec/endpoint.ts';
import type { Servers } from '../core/spec/server.ts';

/** Where the endpoints of a test are asked. */
export interface Places {
  readonly target: BaseUrl;
  readonly servers: Servers;
}

/** Where one of them is asked: at its own server, else at the target. */
export function serverOf({ target, servers }: Places, { id, server }: Pick<Endpoint, 'id' | 'server'>): BaseUrl {
  if (server === undefined) return target;
  const address = servers[server];
  // Nothing goes to the target in its place.
  if (address === undefined) throw new Error(`Nobody looked up the server of endpoint "${id}".`);
  return address;
}
