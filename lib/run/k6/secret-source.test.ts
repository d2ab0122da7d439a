import { expect, it } from 'vitest';
import type { TestFacts } from '../../core/spec/test-facts.ts';
import { refuseWithoutSecretSource } from './secret-source.ts';

const scenario = (secrets?: readonly string[]) => ({ name: 'shop', facts: { secrets } as unknown as TestFacts });
const reading = [scenario(), scenario(['api-key', 'pin'])];

it('secrets that no source keeps are named', () => {
  expect(() => refuseWithoutSecretSource(reading, {}, ['--tag', 'a=b'])).toThrow(
    'The scenario shop reads secrets of k6 (api-key and pin), and k6 has no source of secrets.',
  );
});

it.each<[string, Parameters<typeof refuseWithoutSecretSource>]>([
  ['no scenario reads any', [[scenario()], {}, []]],
  ['k6 is told a source', [reading, {}, ['--secret-source=file=.secrets']]],
  ['the environment tells a source', [reading, { K6_SECRET_SOURCE: 'file=.secrets' }, []]],
])('nothing is missing where %s', (_, given) => {
  expect(() => refuseWithoutSecretSource(...given)).not.toThrow();
});
