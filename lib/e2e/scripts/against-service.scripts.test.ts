import { describe, expect, it } from 'vitest';
import { differencesOf, rowKey } from './against-service.ts';
import { inGroup, row, type ScriptCase } from './script-case.ts';

const script: ScriptCase = {
  title: 'a purchase',
  script: 'buy.js',
  k6ExitCode: 0,
  declaresLimit: false,
  rows: [row('see', 'counted', 'GET /orders/{id}', 'GET /old'), ...inGroup('::cart', row('POST /orders', 3))],
  aside: { 'POST /orders': 1 },
};

const counts = {
  requests: { 'POST /orders': { 201: 4 }, 'GET /old': { 302: 2 }, 'GET /orders/{id}': { 200: 2 } },
  sockets: {},
  calls: {},
};

const counted = new Map([
  [rowKey({ group: '', row: 'see' }), 4],
  [rowKey({ group: '::cart', row: 'POST /orders' }), 3],
]);

describe('rows that somebody counted', () => {
  it('are as they must be', () => {
    expect(differencesOf(script, counted, counts)).toEqual([]);
  });

  it('lack one', () => {
    expect(differencesOf(script, new Map([...counted].slice(1)), counts)).toEqual([
      'no row  | see',
      'GET /orders/{id} + GET /old: 0 in the rows, 4 by the service',
    ]);
  });

  it('are not as many as the script says, nor as the service says', () => {
    const more = new Map([...counted].map(([key, requests]) => [key, requests + 1]));
    expect(differencesOf(script, more, counts)).toEqual([
      '::cart | POST /orders: 4, not 3',
      'GET /orders/{id} + GET /old: 5 in the rows, 4 by the service',
      'POST /orders: 4 in the rows, 3 by the service',
    ]);
  });

  it('have one too many', () => {
    const other = new Map([...counted, [rowKey({ group: '', row: 'GET /orders' }), 2]]);
    expect(differencesOf(script, other, counts)).toEqual(['unexpected row  | GET /orders']);
  });

  it('leave out what the service counted besides', () => {
    const besides = { ...counts, sockets: { 'WS /ws': 1 }, calls: { 'gRPC a.B/C': 2 } };
    expect(differencesOf(script, counted, besides)).toEqual([
      'WS /ws: 0 in the rows, 1 by the service',
      'gRPC a.B/C: 0 in the rows, 2 by the service',
    ]);
  });
});
