import { expect, it } from 'vitest';
import { closest } from './closest.ts';

it.each([
  ['okP95ms', ['okP95Ms', 'okReplies'], 'okP95Ms'],
  ['serverError', ['refusedOrReset', 'serverErrors'], 'serverErrors'],
  ['everyEndpont', ['overall', 'everyEndpoint', 'endpoints'], 'everyEndpoint'],
  ['a', ['b'], 'b'],
  ['throughput', ['okP95Ms', 'okReplies'], undefined],
  ['x', [], undefined],
])('%s is most like one of %j: %s', (name, names, expected) => expect(closest(name, names)).toBe(expected));
