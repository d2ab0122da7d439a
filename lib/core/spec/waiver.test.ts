import { describe, expect, it } from 'vitest';
import { UserError } from './errors.ts';
import { dayOf, expectWaiver, isInForce } from './waiver.ts';

it('a waiver covers the whole of its last day, and no day after it', () => {
  const waiver = { reason: 'PERF-12', until: '2026-12-31' };
  expect(isInForce(waiver, '2026-12-30')).toBe(true);
  expect(isInForce(waiver, '2026-12-31')).toBe(true);
  expect(isInForce(waiver, '2027-01-01')).toBe(false);
});

it('a day is one of UTC', () => {
  expect(dayOf(new Date('2026-12-31T23:59:59.999Z'))).toBe('2026-12-31');
  expect(dayOf(new Date('2027-01-01T00:00:00Z'))).toBe('2027-01-01');
});

describe('a waiver is refused', () => {
  const messageOf = (reason: unknown, until: unknown): string => {
    try {
      expectWaiver('okP95Ms', { reason, until } as never);
      return '';
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.message;
    }
  };

  it.each([[''], ['  \n'], ['\u200b\u2060'], ['\u3164'], ['\u2800'], ['\ufe0f'], [undefined], [7]])(
    'without a reason: %j',
    (reason) => {
      expect(messageOf(reason, '2026-12-31')).toMatch(
        /The waiver of okP95Ms has no reason\.\n {2}received: .*\n {2}expected: why/,
      );
    },
  );

  it.each([
    [''],
    [undefined],
    ['2026-13-01'],
    ['2026-02-29'],
    ['2026-12-31T00:00:00Z'],
    ['x2026-12-31'],
    ['31.12.2026'],
    ['never'],
    [20_261_231],
  ])('without a day on which it ends: %j', (until) => {
    expect(messageOf('PERF-12', until)).toMatch(
      /does not say when it ends\.\n {2}received: .*\n {2}expected: its last day/,
    );
  });

  it('and none that has both', () => {
    expect(messageOf('PERF-12', '2028-02-29')).toBe('');
  });
});
