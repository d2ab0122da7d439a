import { OWN_METRICS } from '../../measure/k6-metrics.ts';
import type { K6Metrics } from '../../measure/measured.ts';
import type { ObservedOutcome } from '../../measure/outcome.ts';
import { latencyFromTrend } from '../../measure/quantile-ladder.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { thinned } from '../thinned.ts';

/** How many sockets can it hold? Each user opens one, sends on it and closes it at the end. */
export interface SocketPlan {
  readonly kind: 'websocket';
  readonly sockets: number;
  /** In which they are opened, evenly. */
  readonly openingSeconds: number;
  readonly heartbeatSeconds: number;
}

/** One socket as its user met it. Times are seconds since the load began. */
export interface SocketEvent {
  readonly startedAt: number;
  /** Absent for one that never opened. */
  readonly openedAt?: number;
  readonly closedAt: number;
  /** Whether it was open until its user closed it. */
  readonly isHeld: boolean;
  /** What kept it from opening. */
  readonly outcome?: ObservedOutcome;
  /** As the server gave it when it closed the socket. */
  readonly closeCode?: number;
  readonly sent: number;
  readonly answered: number;
}

export interface SocketStudy extends SocketPlan {
  /** Why the figures say nothing of the service. */
  readonly invalid?: string;
  readonly started: number;
  /** The most that were open at one time; those that the server closed as soon as they were open are not among them. */
  readonly mostHeld: number;
  /** Open until their users closed them. */
  readonly heldToTheEnd: number;
  /** Never opened, or closed by the server at once. */
  readonly refused: number;
  /** Opened, and lost later. */
  readonly dropped: number;
  /** How they were refused: `status 503`, `connection refused`, `closed at once (1013)`, ... */
  readonly refusals: Readonly<Record<string, number>>;
  /** Close codes of those that were dropped; `none` for a connection that went without one. */
  readonly dropCodes: Readonly<Record<string, number>>;
  /** How many it holds, where it refused more than that, and only while it held about so many. */
  readonly cap?: number;
  readonly messages: { readonly sent: number; readonly answered: number };
  /** Until a socket was open. */
  readonly connectMs?: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  readonly roundTripMs?: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  /** How many were open, over time. */
  readonly open: readonly { readonly atSeconds: number; readonly sockets: number }[];
}

/** A server that closes a socket so soon, without having answered anything, did not take it. */
const AT_ONCE_SECONDS = 1;

const LABELS: Partial<Record<ObservedOutcome, string>> = {
  refused: 'connection refused',
  reset: 'connection reset',
  timeout: 'no answer in time',
};

export function studySockets(plan: SocketPlan, events: readonly SocketEvent[], metrics: K6Metrics): SocketStudy {
  const isClosedAtOnce = ({ openedAt, closedAt, isHeld, answered }: SocketEvent) =>
    openedAt !== undefined && !isHeld && answered === 0 && closedAt - openedAt < AT_ONCE_SECONDS;
  const neverOpened = events.filter(({ openedAt }) => openedAt === undefined);
  const closedAtOnce = events.filter(isClosedAtOnce);
  const taken = events.filter((event) => event.openedAt !== undefined && !isClosedAtOnce(event));
  const dropped = taken.filter(({ isHeld }) => !isHeld);
  const refused = neverOpened.length + closedAtOnce.length;
  const open = openOverTime(taken);
  const mostHeld = Math.max(0, ...open.map(({ sockets }) => sockets));
  const connectMs = percentilesOf(metrics, SOCKETS_OPENED);
  const roundTripMs = percentilesOf(metrics, OWN_METRICS.roundTrip);
  const total = (key: 'sent' | 'answered') => sum(events.map((event) => event[key]));
  return {
    ...plan,
    ...(events.length < plan.sockets
      ? { invalid: `of ${plan.sockets} sockets the generator started ${events.length}` }
      : {}),
    started: events.length,
    mostHeld,
    heldToTheEnd: taken.length - dropped.length,
    refused,
    dropped: dropped.length,
    refusals: {
      ...refusalsOf(neverOpened, metrics),
      ...countBy(closedAtOnce, ({ closeCode }) => `closed at once (${closeCode ?? 'no code'})`),
    },
    dropCodes: countBy(dropped, ({ closeCode }) => String(closeCode ?? 'none')),
    ...(isCap([...neverOpened, ...closedAtOnce], open, mostHeld) ? { cap: mostHeld } : {}),
    messages: { sent: total('sent'), answered: total('answered') },
    ...present({ connectMs, roundTripMs }),
    open: thinned(open, MOST_POINTS),
  };
}

/** With so many fewer open than the most that ever were, it is full all the same: one is just being opened or closed. */
const NEARLY_FULL_SHARE = 0.05;

/** Whether they were refused because it was full: refusals while there was room have another cause. */
function isCap(refused: readonly SocketEvent[], open: SocketStudy['open'], mostHeld: number): boolean {
  if (refused.length === 0 || mostHeld === 0) return false;
  const openAt = (seconds: number) => open.findLast(({ atSeconds }) => atSeconds <= seconds)?.sockets ?? 0;
  const full = mostHeld - Math.max(1, NEARLY_FULL_SHARE * mostHeld);
  return refused.every(({ closedAt }) => openAt(closedAt) >= full);
}

/** Attempts that led to an open socket, with the time they took. */
export const SOCKETS_OPENED = `${OWN_METRICS.socketConnect}{result:ok}`;

function percentilesOf(metrics: K6Metrics, metric: string): SocketStudy['roundTripMs'] {
  const { p50, p95, p99, max } = latencyFromTrend(metrics[metric]?.values);
  if (p50 === undefined || p95 === undefined || p99 === undefined || max === undefined) return undefined;
  return { p50, p95, p99, max };
}

/** k6 tells the status of a refused handshake in a tag alone. */
export const HANDSHAKE_STATUSES = [
  301, 302, 307, 308, 400, 401, 403, 404, 405, 426, 429, 500, 501, 502, 503, 504,
] as const;

export function handshakeMetric(status: number): string {
  return `ws_sessions{status:${status}}`;
}

function refusalsOf(events: readonly SocketEvent[], metrics: K6Metrics): Record<string, number> {
  const byOutcome = countBy(events, ({ outcome = 'other_error' }) => LABELS[outcome] ?? outcome);
  const { unexpected_status: handshakes = 0, ...others } = byOutcome;
  const byStatus = HANDSHAKE_STATUSES.flatMap((status) => {
    const count = metrics[handshakeMetric(status)]?.values.count ?? 0;
    return count > 0 ? [[`status ${status}`, count] as const] : [];
  });
  const told = sum(byStatus.map(([, count]) => count));
  return {
    ...others,
    ...Object.fromEntries(byStatus),
    ...(handshakes > told ? { 'another status': handshakes - told } : {}),
  };
}

function countBy(events: readonly SocketEvent[], nameOf: (event: SocketEvent) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) counts[nameOf(event)] = (counts[nameOf(event)] ?? 0) + 1;
  return counts;
}

/** One that closes in the moment in which another opens was there before it. */
function openOverTime(events: readonly SocketEvent[]): { readonly atSeconds: number; readonly sockets: number }[] {
  const changes = events
    .flatMap(({ openedAt = 0, closedAt }) => [
      { at: openedAt, by: 1 },
      { at: closedAt, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let sockets = 0;
  return changes.map(({ at, by }) => {
    sockets += by;
    return { atSeconds: at, sockets };
  });
}

const MOST_POINTS = 200;
