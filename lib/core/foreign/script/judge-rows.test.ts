import { expect, it } from 'vitest';
import { endpointSummary } from '../../../testing/runs.ts';
import { judgeRows } from './judge-rows.ts';

const figures = (() => {
  const pay = endpointSummary('pay', { outcomes: { ok: 90, server_error: 10 } });
  return { endpoints: [pay], totals: pay };
})();

it('a budget is held against its row, and a waiver until its day', () => {
  const waiver = { reason: 'SHOP-1', until: '2026-06-30' };
  const judge = (today: string) =>
    judgeRows({ endpoints: { pay: { serverErrors: { limit: 0, waiver }, okReplies: 90 } } }, figures, today);
  expect(
    judge('2026-06-30').map(({ metric, endpoint, actual, verdict }) => [metric, endpoint, actual, verdict]),
  ).toEqual([
    ['serverErrors', 'pay', 10, 'waived'],
    ['okReplies', 'pay', 90, 'pass'],
  ]);
  expect(judge('2026-07-01')[0]?.verdict).toBe('fail');
});

it('a budget of a row that was never met is no pass, and says which row may be meant', () => {
  expect(judgeRows({ endpoints: { pays: { okReplies: 1 }, refund: { okReplies: 1 } } }, figures, '2026-01-01')).toEqual(
    [
      expect.objectContaining({
        endpoint: 'pays',
        verdict: 'no_data',
        seen: 'never requested',
        toTell: 'did you mean "pay"?',
      }),
      expect.not.objectContaining({ toTell: expect.anything() }),
    ],
  );
});
