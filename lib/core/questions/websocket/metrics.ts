import type { QuestionMetrics } from '../question.ts';
import type { SocketPlan, SocketStudy } from './answer.ts';

export const METRICS = {
  /** `websocket`: share (0-1) of the sockets that are held to the end, at least. */
  heldSocketsShare: {
    title: 'sockets held to the end',
    operator: '>=',
    unit: 'share',
    measure: ({ heldToTheEnd, started }) => [started === 0 ? undefined : heldToTheEnd / started, started],
  },
  /** `websocket`: sockets that are lost while they are open, at most. */
  droppedSockets: {
    title: 'sockets lost while open',
    operator: '<=',
    unit: 'count',
    measure: ({ dropped, started }) => [dropped, started],
  },
  /** `websocket`: milliseconds that the p95 from a message to its answer must stay below. */
  roundTripP95Ms: {
    title: 'p95 from a message to its answer',
    operator: '<',
    unit: 'ms',
    measure: ({ roundTripMs, messages }) => [roundTripMs?.p95, messages.answered],
  },
} as const satisfies QuestionMetrics<SocketPlan, SocketStudy>;
