import type { Endpoint } from '../../core/spec/endpoint.ts';
import { UserError } from '../../core/spec/errors.ts';

/** An endpoint that declares a limit. */
export type LimitedEndpoint = Endpoint & Required<Pick<Endpoint, 'rateLimit'>>;

/** @throws UserError where there is not exactly one endpoint, with a limit */
export function limitedEndpoint(endpoints: readonly Endpoint[]): LimitedEndpoint {
  const limited = endpoints.filter((endpoint): endpoint is LimitedEndpoint => endpoint.rateLimit !== undefined);
  const [only] = limited;
  if (only === undefined || endpoints.length > 1) {
    throw new UserError({
      what: 'This question needs exactly one endpoint, with a rateLimit: a client has its limits to itself then.',
      received: `${endpoints.length} endpoints, ${limited.length} of them with a rateLimit`,
      expected: 'one endpoint that declares a rateLimit',
    });
  }
  return only;
}
