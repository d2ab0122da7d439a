import type { Endpoint } from '../../core/endpoint.ts';

/** An endpoint that declares a limit. */
export type LimitedEndpoint = Endpoint & Required<Pick<Endpoint, 'rateLimit'>>;

/** @throws Error where there is not exactly one endpoint, with a limit: a mistake of the scenario's author */
export function limitedEndpoint(endpoints: readonly Endpoint[]): LimitedEndpoint {
  const limited = endpoints.filter((endpoint): endpoint is LimitedEndpoint => endpoint.rateLimit !== undefined);
  const [only] = limited;
  if (only === undefined || endpoints.length > 1) {
    throw new Error(
      'This question needs exactly one endpoint, with a rateLimit: a client has its limits to itself then',
    );
  }
  return only;
}
