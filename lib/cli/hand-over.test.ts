import { expect, it } from 'vitest';
import { handOver, type Runner } from './hand-over.ts';

/** A clock that stands still, but for whoever waits by it. */
class Clock {
  nowMs = 0;
}

interface Course {
  /** What happened, by the clock. */
  readonly happened: string[];
  readonly start: (part: number) => Promise<Runner | undefined>;
}

/**
 * Processes that take 2 s to be ready, of which the first begins its load 3 s after it was let go.
 * @param endsAtMs when each process ends that does not go to its end
 */
function course({
  endsAtMs = {},
  stopsBefore = Number.POSITIVE_INFINITY,
}: {
  readonly endsAtMs?: Readonly<Record<number, number>>;
  readonly stopsBefore?: number;
} = {}): Course {
  const clock = new Clock();
  const happened: string[] = [];
  const note = (what: string) => happened.push(`${clock.nowMs / 1000} s: ${what}`);
  const start = async (part: number): Promise<Runner | undefined> => {
    if (part >= stopsBefore) return undefined;
    note(`start ${part}`);
    const end = endsAtMs[part] ?? Number.POSITIVE_INFINITY;
    const until = async (atMs: number) => {
      clock.nowMs = Math.min(end, Math.max(clock.nowMs, atMs));
      return clock.nowMs < end;
    };
    return {
      until,
      untilReady: () => until(clock.nowMs + 2_000),
      letGo: async () => {
        note(`let ${part} go`);
      },
      startOfLoad: async () => ((await until(clock.nowMs + 3_000)) ? clock.nowMs : undefined),
    };
  };
  return { happened, start };
}

it('each part is started 15 s before its turn, and let go when the load of the one before ends', async () => {
  const { happened, start } = course();
  await handOver({ parts: 3, secondsEach: 60 }, start);
  expect(happened).toEqual([
    '0 s: start 1',
    '2 s: let 1 go',
    // Its load began at 5 s.
    '50 s: start 2',
    '64.996 s: let 2 go',
    '110 s: start 3',
    '124.996 s: let 3 go',
  ]);
});

it('short parts are started half a part before their turn', async () => {
  const { happened, start } = course();
  await handOver({ parts: 2, secondsEach: 10 }, start);
  expect(happened.slice(2)).toEqual(['10 s: start 2', '14.996 s: let 2 go']);
});

it('a part that takes longer to be ready than its lead is let go late, and does not shift the turns after it', async () => {
  const { happened, start } = course();
  await handOver({ parts: 3, secondsEach: 2 }, start);
  expect(happened.slice(2)).toEqual(['6 s: start 2', '8 s: let 2 go', '8 s: start 3', '10 s: let 3 go']);
});

it.each([
  ['before it is ready', { 1: 1_000 }, ['0 s: start 1']],
  ['before its load begins', { 1: 4_000 }, ['0 s: start 1', '2 s: let 1 go']],
  ['during its load', { 1: 30_000 }, ['0 s: start 1', '2 s: let 1 go']],
  ['before its turn', { 2: 60_000 }, ['0 s: start 1', '2 s: let 1 go', '50 s: start 2']],
])('a part that ends %s is the last one', async (_, endsAtMs, expected) => {
  const { happened, start } = course({ endsAtMs });
  await handOver({ parts: 3, secondsEach: 60 }, start);
  expect(happened).toEqual(expected);
});

it("the end of the last part is nobody's turn: nothing waits for it", async () => {
  const { happened, start } = course({ endsAtMs: { 2: 66_000 } });
  await handOver({ parts: 2, secondsEach: 60 }, start);
  expect(happened.at(-1)).toBe('64.996 s: let 2 go');
});

it('nothing more is started when the load is stopped in between', async () => {
  const { happened, start } = course({ stopsBefore: 2 });
  await handOver({ parts: 3, secondsEach: 60 }, start);
  expect(happened).toEqual(['0 s: start 1', '2 s: let 1 go']);
});
