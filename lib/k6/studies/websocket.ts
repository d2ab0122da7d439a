import { sleep } from 'k6';
import exec from 'k6/execution';
import { WebSocket } from 'k6/websockets';
import type { Endpoint } from '../../core/endpoint.ts';
import { endpointLatencyMetric, OWN_METRICS, overallLatencyMetric } from '../../core/k6-metrics.ts';
import { peakOf, plannedSeconds } from '../../core/load-shape.ts';
import { classifyReply, type ObservedOutcome } from '../../core/outcome.ts';
import {
  HANDSHAKE_STATUSES,
  handshakeMetric,
  SOCKETS_OPENED,
  type SocketEvent,
  type SocketPlan,
} from '../../core/studies/websocket.ts';
import { headersOf } from '../headers.ts';
import { notOkDuration, outcomeCounters, roundTrip, socketConnect } from '../metrics.ts';
import { note, sinceStartMs } from './note.ts';
import type { StudyContext, StudyDefinition } from './study-definition.ts';

export interface WebsocketOptions {
  /** In which the sockets are opened, evenly; at most half of the duration. @default 10 */
  readonly openingSeconds?: number;
  /** Between two messages on one socket. @default 2 */
  readonly heartbeatSeconds?: number;
  /** What is sent: the server must answer each message with one. @default 'ping' */
  readonly message?: string;
}

/**
 * How many sockets can it hold? For one endpoint whose expected status is 101, and a plan of one `scripted` stream:
 * each user opens a socket, sends a message per heartbeat, and closes it at the end of the duration.
 */
export function websocket({
  openingSeconds = 10,
  heartbeatSeconds = 2,
  message = 'ping',
}: WebsocketOptions = {}): StudyDefinition {
  return {
    begin: (context) => {
      const [endpoint] = context.endpoints;
      const [[stream, shape] = []] = Object.entries(context.plan);
      if (endpoint === undefined || stream === undefined || shape?.kind !== 'scripted') {
        throw new Error('This question needs an endpoint and a plan of one scripted stream');
      }
      const durationSeconds = plannedSeconds(shape) ?? 0;
      const plan: SocketPlan = {
        kind: 'websocket',
        sockets: peakOf(shape),
        openingSeconds: Math.min(openingSeconds, durationSeconds / 2),
        heartbeatSeconds,
      };
      return {
        plan,
        iterations: { [stream]: () => holdSocket(endpoint, context, plan, durationSeconds, message) },
        thresholds: {
          [SOCKETS_OPENED]: [],
          [OWN_METRICS.socketConnect]: [],
          ...Object.fromEntries(HANDSHAKE_STATUSES.map((status) => [handshakeMetric(status), []])),
        },
        // An attempt to open a socket is a request like any other, but k6 measures it elsewhere.
        aliases: {
          [endpointLatencyMetric('ok', endpoint.id)]: SOCKETS_OPENED,
          [overallLatencyMetric('ok')]: SOCKETS_OPENED,
          [overallLatencyMetric('all')]: OWN_METRICS.socketConnect,
        },
        notesEvents: true,
        isNotRecorded: true,
        isNotMetAtRest: true,
      };
    },
  };
}

function holdSocket(
  endpoint: Endpoint,
  { target, timeoutMsOf }: StudyContext,
  { sockets, openingSeconds, heartbeatSeconds }: SocketPlan,
  durationSeconds: number,
  message: string,
): void {
  const place = (exec.vu.idInTest - 1) / sockets;
  sleep(Math.max(0, place * openingSeconds - sinceStartMs() / 1000));
  const startedAtMs = sinceStartMs();
  const socket = new WebSocket(target.href.replace(/^http/, 'ws') + endpoint.path, null, {
    headers: { ...headersOf(endpoint, target.credentials) },
    tags: { endpoint: endpoint.id },
  });
  let openedAtMs: number | undefined;
  let outcome: ObservedOutcome | undefined;
  let isEnded = false;
  let isOurs = false;
  let sent = 0;
  let answered = 0;
  const timers: number[] = [];
  const sentAtMs: number[] = [];

  const fail = (how: ObservedOutcome) => {
    if (openedAtMs !== undefined || outcome !== undefined) return;
    outcome = how;
    const ms = sinceStartMs() - startedAtMs;
    socketConnect.add(ms, { result: 'failed' });
    notOkDuration.add(ms, { endpoint: endpoint.id });
    outcomeCounters[how].add(1, { endpoint: endpoint.id });
  };
  const end = (closeCode?: number) => {
    if (isEnded) return;
    isEnded = true;
    for (const timer of timers) clearInterval(timer);
    fail('other_error');
    note({
      startedAt: startedAtMs / 1000,
      ...(openedAtMs === undefined ? {} : { openedAt: openedAtMs / 1000 }),
      closedAt: sinceStartMs() / 1000,
      isHeld: isOurs && openedAtMs !== undefined,
      ...(outcome === undefined ? {} : { outcome }),
      ...(closeCode === undefined ? {} : { closeCode }),
      sent,
      answered,
    } satisfies SocketEvent);
  };
  socket.onopen = () => {
    if (isEnded) return;
    openedAtMs = sinceStartMs();
    socketConnect.add(openedAtMs - startedAtMs, { result: 'ok' });
    const beat = () => {
      sentAtMs.push(Date.now());
      sent += 1;
      socket.send(message);
    };
    beat();
    timers.push(setInterval(beat, heartbeatSeconds * 1000));
  };
  socket.onmessage = () => {
    const at = sentAtMs.shift();
    if (at === undefined) return;
    answered += 1;
    roundTrip.add(Date.now() - at);
  };
  socket.onerror = (event) => fail(classify(String(event?.error)));
  // Its type says that there is no event; k6 hands one on.
  socket.onclose = ((event?: { code?: number }) => end(isOurs ? undefined : event?.code)) as () => void;
  // k6 hangs for ever when a socket is closed that is still opening: such a one is left to the end of the run.
  const giveUp = () => {
    fail('timeout');
    end();
  };
  timers.push(
    setTimeout(() => {
      if (openedAtMs === undefined) giveUp();
    }, timeoutMsOf(endpoint)),
    setTimeout(
      () => {
        if (openedAtMs === undefined) return giveUp();
        isOurs = true;
        socket.close(1000);
        // A server that does not answer the closing must not hold the run.
        timers.push(setTimeout(() => end(), CLOSING_MS));
      },
      Math.max(1, durationSeconds * 1000 - sinceStartMs()),
    ),
  );
}

const CLOSING_MS = 2000;

/** What k6 says of a socket that did not open. The status of a refused handshake is in a tag of k6's alone. */
function classify(error: string): ObservedOutcome {
  if (error.includes('bad handshake')) return 'unexpected_status';
  if (error.includes('connection refused')) return 'refused';
  if (error.includes('connection reset')) return 'reset';
  if (/timeout|deadline/.test(error)) return 'timeout';
  if (error.includes('no such host')) return 'dns';
  if (/x509|tls/.test(error)) return 'tls';
  return classifyReply({ status: 0, errorCode: 1000, error });
}
