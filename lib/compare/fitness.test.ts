import { expect, it } from 'vitest';
import { pairsOf, storedRun } from '../testing/compared-runs.ts';
import { arrange } from './design.ts';
import { BUSY_ADVICE, describeHopeless, describeQuiet, type Unfit, withoutUnfit } from './fitness.ts';

const HOST = { platform: 'linux', arch: 'x64', cpuModel: 'x', cores: 2, memoryBytes: 1 };
const unfit = (kind: Unfit['kind']): Unfit => ({ kind, reason: 'x' });
const endpoints = { agents: { medianMs: 40 } };

it('says in one note that every pair is left out since the machine was busy, and what to do', () => {
  const { base, head } = pairsOf(3, (side) => ({
    endpoints,
    changes: side === 'head' ? { host: { ...HOST, cpuBusyShare: 0.997 } } : {},
  }));
  const { kept, notes } = withoutUnfit(arrange(base, head), {});
  expect(kept.base).toEqual([]);
  expect(notes).toEqual([
    `3 of 3 pairs left out: the machine was over 80 % busy (head-1 99.7 %, head-2 99.7 % and head-3 99.7 %). To do: ${BUSY_ADVICE}.`,
  ]);
});

it('has a note for each reason, and counts a pair once', () => {
  const { base, head } = pairsOf(4, (side, pair) => ({
    endpoints,
    changes:
      pair === 1
        ? { host: { ...HOST, cpuBusyShare: 0.9 } }
        : pair === 2 && side === 'base'
          ? { verdict: 'incomplete' as const }
          : {},
  }));
  const { kept, notes } = withoutUnfit(arrange(base, head), {});
  expect(kept.head.map(({ runId }) => runId)).toEqual(['head-3', 'head-4']);
  expect(notes).toHaveLength(2);
  expect(notes[0]).toMatch(/^1 of 4 pairs left out: the machine was over 80 % busy \(base-1 90 % and head-1 90 %\)/);
  expect(notes[1]).toBe('1 of 4 pairs left out: a run is incomplete (base-2).');
});

it('leaves single runs out where they are no pairs', () => {
  const at = (minute: number, busy: number) =>
    storedRun({
      runId: `at-${minute}`,
      startedAt: `2026-11-24T09:0${minute}:00.000Z`,
      endpoints,
      changes: { host: { ...HOST, cpuBusyShare: busy } },
    });
  const { kept, notes } = withoutUnfit(arrange([at(0, 0.2), at(1, 0.9)], [at(3, 0.2), at(5, 0.2)]), {});
  expect(kept.base.map(({ runId }) => runId)).toEqual(['at-0']);
  expect(notes[0]).toMatch(/^1 of 4 runs left out: the machine was over 80 % busy \(at-1 90 %\)/);
});

it.each([
  [2, 2, true],
  [2, 3, true],
  [3, 5, true],
  [1, 1, false],
  [2, 4, false],
  [2, 5, false],
])('with %s of %s pairs that cannot count, going on is hopeless: %s', (lost, done, isHopeless) => {
  const pairs = Array.from({ length: done }, (_, i) => (i < lost ? unfit('busy') : undefined));
  expect(describeHopeless(pairs) !== undefined).toBe(isHopeless);
});

it('says why going on is hopeless, and what to do for each reason', () => {
  expect(describeHopeless([unfit('busy'), unfit('busy')])).toEqual({
    why: '2 of them cannot be compared: the machine was busy',
    todo: BUSY_ADVICE,
  });
  expect(describeHopeless([unfit('dropped'), undefined, unfit('busy')])).toMatchObject({
    why: '2 of them cannot be compared: more than 1 % of the planned load was dropped (1), the machine was busy (1)',
    todo: expect.stringContaining('send less load (--rate)'),
  });
});

it('says of a machine that it is quiet enough, by what it may be', () => {
  const quiet = (cpuBusyShare: number, mostBusyShare?: number) =>
    describeQuiet({ host: { ...HOST, cpuBusyShare } }, mostBusyShare === undefined ? {} : { mostBusyShare });
  expect(quiet(0.352)).toBe('quiet enough: the machine was 35 % busy, and may be 80 %');
  expect(quiet(0.8)).toBeDefined();
  expect(quiet(0.81)).toBeUndefined();
  expect(quiet(0.81, 0.9)).toBeDefined();
  expect(describeQuiet({ host: HOST }, {})).toBeUndefined();
});
