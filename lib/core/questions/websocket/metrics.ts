import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { formatCount, formatShare } from '../../spec/units.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { SocketPlan, SocketStudy } from './answer.ts';
import { wholeMs } from './whole-ms.ts';

export const METRICS = {
  /** `websocket`: share (0-1) of the sockets that are held to the end, at least. */
  heldSocketsShare: {
    title: 'sockets held to the end',
    operator: '>=',
    unit: 'share',
    measure: ({ heldToTheEnd, started }) => ({
      samples: started,
      ...present({ actual: started === 0 ? undefined : heldToTheEnd / started }),
    }),
  },
  /** `websocket`: sockets that are lost while they are open, at most. */
  droppedSockets: {
    title: 'sockets lost while open',
    operator: '<=',
    unit: 'count',
    measure: lost,
  },
  /** `websocket`: milliseconds that the p95 from a message to its answer must stay below. */
  roundTripP95Ms: {
    title: 'p95 from a message to its answer',
    operator: '<',
    unit: 'ms',
    measure: roundTrip,
  },
} as const satisfies QuestionMetrics<SocketPlan, SocketStudy>;

/** Of sockets that never opened none can be lost. */
function lost({ dropped, heldToTheEnd }: SocketStudy): MeasuredFigure {
  const opened = dropped + heldToTheEnd;
  return opened === 0
    ? { samples: 0, seen: 'no socket was open', toTell: 'see how they were refused' }
    : { samples: opened, actual: dropped };
}

/**
 * A message without an answer took longer than any that has one: up to a twentieth of them, the p95 is between those
 * that were measured, and beyond that it was not seen. k6 tells the time in whole milliseconds, by two clocks.
 */
function roundTrip({ roundTripMs, messages, refusals }: SocketStudy, limit: number): MeasuredFigure {
  const { sent, answered } = messages;
  const samples = answered;
  if (roundTripMs === undefined) {
    const seen = `not one of ${formatCount(sent)} messages was answered`;
    return sent === 0
      ? { samples }
      : { samples, between: { low: 0 }, seen, toTell: 'the server must answer each message' };
  }
  // On a socket that was closed at once: its message counts with the refusals.
  const turnedAway = sum(
    Object.entries(refusals).map(([how, count]) => (how.startsWith('closed at once') ? count : 0)),
  );
  const open = Math.max(0, sent - answered - turnedAway);
  const share = open / (answered + open);
  const { p95, p99, max } = roundTripMs;
  const high = share === 0 ? p95 : 0.95 / (1 - share) <= 0.99 ? p99 : share < 0.05 ? max : undefined;
  const low = Math.max(0, p95 - 1);
  if (high === undefined) {
    return {
      samples,
      between: { low, isOpen: true },
      seen: `${formatShare(share)} of the messages had no answer`,
      toTell: `the p95 is among them; that of the others is ${wholeMs(p95)}`,
    };
  }
  const between = { low, high: high + 1, isOpen: true } as const;
  if (limit > low && limit < between.high) {
    const toTell = 'k6 tells this time in whole milliseconds, and of a message without an answer not at all';
    return { samples, between, seen: `between ${low} and ${between.high} ms`, toTell };
  }
  return { samples, actual: p95, between, ...(p95 < 1 ? { seen: wholeMs(p95) } : {}) };
}
