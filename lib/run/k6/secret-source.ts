import { UserError } from '../../core/spec/errors.ts';
import { named } from '../../core/spec/words.ts';
import type { PreparedScenario } from '../prepare-scenarios.ts';
import { lastValueOf } from './k6-options.ts';

/**
 * Secrets that nobody keeps would be missed by the first user, and not before.
 * @throws UserError that names them
 */
export function refuseWithoutSecretSource(
  scenarios: readonly Pick<PreparedScenario, 'name' | 'facts'>[],
  environment: Readonly<Record<string, string | undefined>>,
  k6Arguments: readonly string[],
): void {
  if (lastValueOf('secret-source', k6Arguments) ?? environment.K6_SECRET_SOURCE) return;
  const reading = scenarios.find(({ facts }) => facts.secrets !== undefined);
  if (reading === undefined) return;
  const { name, facts } = reading;
  throw new UserError({
    what: `The scenario ${name} reads secrets of k6 (${named(facts.secrets ?? [])}), and k6 has no source of secrets.`,
    expected: 'a source behind a second --, such as -- --secret-source=file=.secrets',
    todo: 'name one; in a file each secret is a line NAME=value',
  });
}
