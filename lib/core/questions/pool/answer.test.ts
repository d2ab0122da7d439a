import { expect, it } from 'vitest';
import type { K6Metrics } from '../../measure/measured.ts';
import { LADDER_TREND_STATS } from '../../measure/quantile-ladder.ts';
import type { Step } from '../../spec/load-shape.ts';
import { studyPool } from './answer.ts';

const USERS = [1, 4, 8, 10, 12, 20];
const steps: Step[] = USERS.map((level, i) => ({ level, startSeconds: i * 10, durationSeconds: 10 }));

const trend = (count: number, ms: number) => ({
  values: Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, stat === 'count' ? count : ms])),
});

/** What users meet of so many connections, each held for 100 ms; what is too much waits, or does not. */
function poolOf(size: number, excess: 'wait' | { readonly outcome: string; readonly ms: number }) {
  const metrics = Object.fromEntries(
    USERS.flatMap((users, i) => {
      const done = 100 * Math.min(users, size);
      const ms = excess === 'wait' ? 100 * Math.max(1, users / size) : 100;
      const failed = excess === 'wait' ? 0 : 100 * Math.max(0, users - size);
      return [
        [`step_ok{step:${i}}`, trend(done, ms)],
        [`step_done{step:${i}}`, { values: { count: done } }],
        ...(failed > 0 && excess !== 'wait'
          ? [[`step_not_ok{step_outcome:${i}|${excess.outcome}}`, trend(failed, excess.ms)]]
          : []),
      ];
    }),
  ) as K6Metrics;
  return studyPool({ kind: 'pool', steps }, metrics, 61);
}

it.each([
  ['waits', 'wait', 'wait', 200],
  ['is refused at once', { outcome: 'server_error', ms: 2 }, 'refused', 2],
  ['is refused after a while', { outcome: 'server_error', ms: 5000 }, 'refused slowly', 5000],
  ['hangs', { outcome: 'timeout', ms: 30_000 }, 'hang', 30_000],
] as const)('a pool of 10 is found, whose excess %s', (_case, excess, found, ms) => {
  expect(poolOf(10, excess)).toMatchObject({
    slots: 10,
    freeUsers: 10,
    exhaustedUsers: 12,
    excess: found,
    excessMs: ms,
  });
});

it('no pool is found where nobody has to wait', () => {
  expect(poolOf(50, 'wait')).toMatchObject({ freeUsers: 20 });
  expect(poolOf(50, 'wait')).not.toHaveProperty('slots');
});

it('there is nothing to compare with where one user got no successful response', () => {
  expect(studyPool({ kind: 'pool', steps }, {}, 61).invalid).toMatch(/first step/);
});
