import type { Endpoint } from '../core/spec/endpoint.ts';
import { pathTemplate } from '../core/spec/path-template.ts';
import { present } from '../core/spec/present.ts';
import type { RunOrder } from '../core/spec/run-order.ts';
import type { Settings } from '../core/spec/settings.ts';

/** An endpoint as a run asks it. */
export interface RunEndpoint extends Endpoint {
  /** What k6's tag `name` is to say of its requests; without one k6 says nothing, which is cheaper. */
  readonly name?: string;
}

/** REQUEST_TIMEOUT beats what an endpoint says. Names are for outputs besides our record. */
export function endpointsOfRun(
  { requestTimeoutMs }: Pick<Settings, 'requestTimeoutMs'>,
  { isExported }: Pick<RunOrder, 'isExported'>,
  endpoints: readonly Endpoint[],
): readonly RunEndpoint[] {
  if (requestTimeoutMs === undefined && !isExported) return endpoints;
  return endpoints.map((endpoint) => ({
    ...endpoint,
    ...present({ timeoutMs: requestTimeoutMs, name: isExported ? pathTemplate(endpoint.path) : undefined }),
  }));
}

/** The tags of its requests. */
export function tagsOf({ name }: RunEndpoint, own: Record<string, string>): Record<string, string> {
  return name === undefined ? own : { ...own, name };
}
