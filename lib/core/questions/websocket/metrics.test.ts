import { describe, expect, it } from 'vitest';
import { whetherHolds } from '../../judge/holds.ts';
import type { SocketStudy } from './answer.ts';
import { METRICS } from './metrics.ts';

const sockets = (changes: Partial<SocketStudy>): SocketStudy => ({
  kind: 'websocket',
  sockets: 200,
  openingSeconds: 6,
  heartbeatSeconds: 2,
  started: 200,
  mostHeld: 200,
  heldToTheEnd: 200,
  refused: 0,
  dropped: 0,
  refusals: {},
  dropCodes: {},
  messages: { sent: 1000, answered: 1000 },
  roundTripMs: { p50: 1, p95: 4, p99: 30, max: 900 },
  open: [],
  ...changes,
});

describe('the p95 from a message to its answer', () => {
  const { measure, operator } = METRICS.roundTripP95Ms;
  it.each<[string, Partial<SocketStudy>, number, boolean | undefined]>([
    ['of whole milliseconds', {}, 500, true],
    ['of whole milliseconds, at the limit', {}, 4, undefined],
    ['beyond it', {}, 3, false],
    ['with one message in a hundred without an answer', { messages: { sent: 1000, answered: 990 } }, 500, true],
    [
      'with one in a hundred, and a limit below the slowest',
      { messages: { sent: 1000, answered: 990 } },
      20,
      undefined,
    ],
    ['with a tenth of the messages without one', { messages: { sent: 1000, answered: 900 } }, 500, undefined],
    [
      'with as many unanswered as were on sockets that were closed at once',
      { messages: { sent: 1000, answered: 900 }, refusals: { 'closed at once (1013)': 100 } },
      500,
      true,
    ],
  ])('%s', (_case, changes, limit, holds) => {
    const { between = {}, toTell, seen } = measure(sockets(changes), limit);
    expect(whetherHolds(between, operator, limit)).toBe(holds);
    if (holds === undefined) expect(`${seen} ${toTell}`).toMatch(/answer/);
  });

  it('was not seen where nothing was answered', () => {
    const { roundTripMs: _, ...without } = sockets({ messages: { sent: 7, answered: 0 } });
    expect(measure(without, 500)).toMatchObject({ samples: 0, seen: 'not one of 7 messages was answered' });
    expect(measure({ ...without, messages: { sent: 0, answered: 0 } }, 500)).toEqual({ samples: 0 });
  });

  it('reads as below 1 ms where it is', () => {
    const roundTripMs = { p50: 0, p95: 0, p99: 1, max: 2 };
    expect(measure(sockets({ roundTripMs }), 500)).toMatchObject({ actual: 0, seen: 'below 1 ms' });
  });
});

it('of sockets that never opened none is known not to be lost', () => {
  const none = sockets({ heldToTheEnd: 0, dropped: 0, refused: 200 });
  expect(METRICS.droppedSockets.measure(none)).not.toHaveProperty('actual');
  expect(METRICS.droppedSockets.measure(sockets({}))).toEqual({ actual: 0, samples: 200 });
});
