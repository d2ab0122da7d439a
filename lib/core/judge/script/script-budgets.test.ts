import { describe, expect, it } from 'vitest';
import { budgetsOf, expectScriptBudgets, limitsOfBudgets, thresholdsOfRows } from './script-budgets.ts';

describe('budgets of a script', () => {
  it.each<[string, unknown, RegExp]>([
    ['a misspelt part', { everyEndpiont: {} }, /member that is not known[\s\S]*"everyEndpiont"[\s\S]*everyEndpoint/],
    ['a misspelt limit', { overall: { okP95Mss: 5 } }, /"overall" has a member[\s\S]*did you mean "okP95Ms"/],
    [
      'a limit that is no number',
      { endpoints: { pay: { okP95Ms: '5' } } },
      /"okP95Ms" in the budget of endpoint "pay"/,
    ],
    ['a share above 1', { everyEndpoint: { successShare: 99 } }, /"successShare".*"everyEndpoint"[\s\S]*at most 1/],
    ['a rate limit, which no script declares', { overall: { acceptedBeyondLimit: 0 } }, /not known/],
    ['a misspelt part of one script', { scripts: { 'a.js': { endpoint: {} } } }, /the script "a.js" has a member/],
    ['a list', [], /budgets is not an object/],
  ])('are refused for %s', (_what, budgets, message) => {
    expect(() => expectScriptBudgets(budgets)).toThrow(message);
  });

  it('of one script replace those of all, limit by limit', () => {
    const all = {
      overall: { okP95Ms: 500, timeoutRate: 0.01 },
      endpoints: { pay: { okP95Ms: 300, okReplies: 1 } },
      scripts: { 'load/buy.js': { overall: { okP95Ms: 400 }, endpoints: { pay: { okP95Ms: 200 }, look: {} } } },
    };
    expectScriptBudgets(all);
    expect(budgetsOf(all, 'load/buy.js')).toEqual({
      overall: { okP95Ms: 400, timeoutRate: 0.01 },
      everyEndpoint: {},
      endpoints: { pay: { okP95Ms: 200, okReplies: 1 }, look: {} },
    });
    expect(budgetsOf(all, undefined)).toMatchObject({
      overall: { okP95Ms: 500 },
      endpoints: { pay: { okP95Ms: 300 } },
    });
  });

  it('hold for all requests, for each row that was met, and for each that is named', () => {
    const budgets = {
      overall: { okP95Ms: 500 },
      everyEndpoint: { okReplies: 1 },
      endpoints: { pay: { okReplies: 9 } },
    };
    expect(thresholdsOfRows(budgets, ['look'])).toEqual([
      { metric: 'okP95Ms', limit: 500 },
      { metric: 'okReplies', limit: 1, endpoint: 'look' },
      { metric: 'okReplies', limit: 9, endpoint: 'pay' },
    ]);
  });

  it('are counted exactly: those of all rows for each, those of one by whatever its name may be without its groups', () => {
    const limits = limitsOfBudgets({
      overall: { okP95Ms: 500 },
      everyEndpoint: { okP95Ms: { limit: 500, level: 'warn' } },
      endpoints: { 'buy / pay': { okP95Ms: 300 }, look: { okReplies: 1 } },
    });
    const ofRequests = limits.filter(({ metric }) => metric === 'http_req_duration');
    expect(ofRequests.map(({ tags, values }) => [tags, values])).toEqual([
      [{}, [500]],
      [{ row: 'buy / pay' }, [300]],
      [{ row: 'pay' }, [300]],
    ]);
    expect(new Set(limits.map(({ metric }) => metric))).toEqual(
      new Set(['http_req_duration', 'grpc_req_duration', 'ws_connecting', 'browser_http_req_duration']),
    );
    expect(limitsOfBudgets({})).toEqual([]);
  });
});
