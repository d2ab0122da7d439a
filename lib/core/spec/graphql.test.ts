import { expect, it } from 'vitest';
import { graphqlOperation } from './graphql.ts';

const definition = {
  id: 'list',
  path: '/graphql',
  category: 'Graph',
  operation: 'List',
  query: 'query List { a }',
} as const;
const reply = (body: string, status = 200) => ({ status, body, headers: {} });

it('is posted as JSON, with the name of the operation', () => {
  expect(graphqlOperation(definition)).toMatchObject({
    id: 'list',
    method: 'POST',
    path: '/graphql',
    json: { operationName: 'List', query: 'query List { a }' },
  });
  expect(graphqlOperation({ ...definition, variables: { first: 3 } }).json).toEqual({
    operationName: 'List',
    query: 'query List { a }',
    variables: { first: 3 },
  });
});

it.each<[string, boolean]>([
  ['{"data":{"a":1}}', true],
  ['{"data":null,"errors":[{"message":"no"}]}', false],
  ['{"errors":[]}', false],
  ['[]', true],
  ['null', false],
  ['<html>', false],
  ['', false],
])('a response of %s is right: %s', (body, isRight) => {
  expect(graphqlOperation(definition).check?.(reply(body))).toBe(isRight);
});

it('the check of the author sees what has no errors', () => {
  const seen: string[] = [];
  const { check } = graphqlOperation({
    ...definition,
    check: ({ body }) => {
      seen.push(body);
      return body.includes('1');
    },
  });
  expect(check?.(reply('{"data":1}'))).toBe(true);
  expect(check?.(reply('{"data":2}'))).toBe(false);
  expect(check?.(reply('{"errors":1}'))).toBe(false);
  expect(seen).toEqual(['{"data":1}', '{"data":2}']);
});
