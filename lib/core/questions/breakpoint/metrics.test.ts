import { expect, it } from 'vitest';
import { whetherHolds } from '../../judge/holds.ts';
import type { BreakpointStudy } from './answer.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';

const step = { startSeconds: 0, durationSeconds: 5, isWhole: true, requests: 250, failedShare: 0, outcomes: {} };
const study = (changes: Partial<BreakpointStudy>): BreakpointStudy => ({
  kind: 'breakpoint',
  p95LimitMs: 500,
  failedShareLimit: 0.01,
  steps: [80, 90.2, 102].map((level) => ({ ...step, level, okPerSecond: level, holds: true })),
  ...changes,
});
const brokeAt = (atPerSecond: number) => ({ broke: { atPerSecond, by: ['latency'] as const } });
const { measure, operator } = METRICS.sustainedPerSecond;

it.each<[string, Partial<BreakpointStudy>, number, boolean | undefined, string | number | undefined]>([
  ['a step that held, or less', { sustainedPerSecond: 80, ...brokeAt(90.2) }, 80, true, 80],
  ['a step that did not, or more', { sustainedPerSecond: 80, ...brokeAt(90.2) }, 90.2, false, 80],
  ['in between', { sustainedPerSecond: 80, ...brokeAt(90.2) }, 85, undefined, 'between 80/s and 90.2/s'],
  ['what never broke sustains at least the highest', { sustainedPerSecond: 102 }, 100, true, 'at least 102/s'],
  ['what never broke may sustain more', { sustainedPerSecond: 102 }, 150, undefined, 'at least 102/s'],
  ['what broke at once sustains less', brokeAt(80), 80, false, 'below 80/s, the lowest rate sent'],
  ['what broke at once may sustain less', brokeAt(80), 50, undefined, 'below 80/s, the lowest rate sent'],
  ['nothing was sent', { steps: [] }, 50, undefined, undefined],
])('%s', (_case, found, limit, holds, told) => {
  const { actual, between = {}, seen, toTell } = measure(study(found), limit);
  expect(whetherHolds(between, operator, limit)).toBe(holds);
  expect(seen ?? actual).toBe(told);
  if (holds === undefined && told !== undefined) expect(toTell).toMatch(/rate|RATE|step/);
});

it('says where its ends are those of what was sent', () => {
  expect(headline(study({ sustainedPerSecond: 102 }))).toBe(
    'Sustains at least 102/s, the highest rate sent; it did not break.',
  );
  expect(headline(study({ sustainedPerSecond: 80, ...brokeAt(90.2), mostOkPerSecond: 83 }))).toBe(
    'Sustains 80/s (the lowest rate sent); breaks at 90.2/s: responses became too slow; at most 83/s served in a full step.',
  );
});
