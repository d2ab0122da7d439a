import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { describeFault } from './describe-fault.ts';

function faultsOf(schema: AnySchema, value: unknown, name?: string): string[] {
  const ajv = new Ajv2020({ allErrors: true, verbose: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map((error) => describeFault(error, name));
}

describe('a fault names the member', () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['runs'],
    properties: { runs: { type: 'array', items: { type: 'object', required: ['plan'], properties: { 'a/b': {} } } } },
  };

  it.each<[unknown, string]>([
    [{}, 'runs is missing'],
    [{ runs: [], other: 1 }, 'other is not known'],
    [{ runs: [{ plan: 1 }, {}] }, 'runs[1].plan is missing'],
    [{ runs: [3] }, 'runs[0] must be an object, not 3'],
    [[], 'it must be an object, not a list'],
  ])('of %j: %s', (value, fault) => {
    expect(faultsOf(schema, value)).toEqual([fault]);
  });

  it('under what the value is called', () => {
    expect(faultsOf(schema, { runs: 1 }, 'suite')).toEqual(['suite.runs must be a list, not 1']);
    expect(faultsOf(schema, null, 'suite')).toEqual(['suite must be an object, not null']);
    expect(faultsOf({ type: 'array', items: { type: 'string' } }, ['a', 1], 'hosts')).toEqual([
      'hosts[1] must be text, not 1',
    ]);
  });

  it('as it is written, with slashes and tildes', () => {
    const odd = { type: 'object', properties: { 'a/b~c': { type: 'string' } } };
    expect(faultsOf(odd, { 'a/b~c': 1 })).toEqual(['a/b~c must be text, not 1']);
  });
});

it.each<[AnySchema & object, unknown, string]>([
  [{ type: 'integer' }, 'x', 'it must be a whole number, not a text'],
  [{ type: ['string', 'null'] }, {}, 'it must be text or null, not an object'],
  [{ type: 'boolean' }, 'yes', 'it must be true or false, not a text'],
  [{ const: 1 }, 2, 'it must be 1, not 2'],
  [{ enum: ['a', 'b'] }, 'c', 'it must be one of "a", "b", not another text'],
  [{ type: 'string', pattern: '^a' }, 'b', 'it must be text that fits ^a, not another text'],
  [{ type: 'string', pattern: '^a', title: 'a word with a' }, 'b', 'it must be a word with a, not another text'],
  [{ type: 'string', format: 'date' }, 'today', 'it must be a day such as "2026-12-31", not another text'],
  [{ type: 'string', format: 'uuid' }, 'x', 'it must be a uuid, not another text'],
  [{ type: 'number', minimum: 0 }, -1, 'it must be at least 0, not -1'],
  [{ type: 'number', maximum: 1 }, 2, 'it must be at most 1, not 2'],
  [{ type: 'number', exclusiveMinimum: 0 }, 0, 'it must be above 0, not 0'],
  [{ type: 'number', exclusiveMaximum: 10 }, 10, 'it must be below 10, not 10'],
  [{ type: 'array', minItems: 1 }, [], 'it must not be empty'],
  [{ type: 'string', minLength: 1 }, '', 'it must not be empty'],
  [{ type: 'array', minItems: 2 }, [1], 'it must NOT have fewer than 2 items'],
  [
    { type: 'object', dependentRequired: { cwd: ['command'] } },
    { cwd: '.' },
    'command is missing, without which cwd means nothing',
  ],
  [
    { type: 'string', pattern: '^https?://[^/@]+$' },
    'https://user:secret@example.com',
    'it must be text that fits ^https?://[^/@]+$, not a URL',
  ],
  [{ const: 1 }, 'x'.repeat(99), 'it must be 1, not another text'],
])('what %j has against %j: %s', (schema, value, fault) => {
  expect(faultsOf(schema, value)).toEqual([fault]);
});
