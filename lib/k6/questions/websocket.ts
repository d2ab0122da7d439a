import { endpointLatencyMetric, OWN_METRICS, overallLatencyMetric } from '../../core/measure/k6-metrics.ts';
import type { CountedLimit } from '../../core/measure/record/recorder-config.ts';
import {
  HANDSHAKE_STATUSES,
  handshakeMetric,
  SOCKETS_OPENED,
  type SocketPlan,
} from '../../core/questions/websocket/answer.ts';
import { websocket as question } from '../../core/questions/websocket/index.ts';
import type { Endpoint } from '../../core/spec/endpoint.ts';
import { UserError } from '../../core/spec/errors.ts';
import { expectNumbers, NOT_NEGATIVE, POSITIVE } from '../../core/spec/expect-plan.ts';
import { peakOf, plannedSeconds, type Scripted } from '../../core/spec/load-shape.ts';
import { countedLimit } from '../k6-limit.ts';
import { serverOf } from '../server-of-endpoint.ts';
import { holdSocket } from './held-socket.ts';
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
  const numbers = { openingSeconds: NOT_NEGATIVE, heartbeatSeconds: POSITIVE };
  expectNumbers('websocket()', { openingSeconds, heartbeatSeconds }, numbers);
  return {
    ofJourneys:
      'it opens sockets and does nothing besides, so that each user is one socket; a journey opens a socket of its own by connect',
    begin: (context) => {
      const { endpoint, stream, shape } = whatIsHeld(context);
      const durationSeconds = plannedSeconds(shape) ?? 0;
      const plan: SocketPlan = {
        kind: question.kind,
        sockets: peakOf(shape),
        openingSeconds: Math.min(openingSeconds, durationSeconds / 2),
        heartbeatSeconds,
      };
      const server = serverOf(context, endpoint);
      return {
        question,
        plan,
        iterations: { [stream]: () => holdSocket({ endpoint, server, plan, durationSeconds, message }) },
        kept: [SOCKETS_OPENED, OWN_METRICS.socketConnect, ...HANDSHAKE_STATUSES.map(handshakeMetric)],
        counted: countedRoundTrip(context),
        // An attempt to open a socket is a request like any other, but k6 measures it elsewhere.
        aliases: {
          [endpointLatencyMetric('ok', endpoint.id)]: SOCKETS_OPENED,
          [overallLatencyMetric('ok')]: SOCKETS_OPENED,
          [overallLatencyMetric('all')]: OWN_METRICS.socketConnect,
        },
        needsRecorder: true,
        isNotMetAtRest: true,
      };
    },
  };
}

function countedRoundTrip({ budgets: { studies } }: StudyContext): CountedLimit[] {
  const limit = studies?.roundTripP95Ms;
  if (limit === undefined) return [];
  return [countedLimit(OWN_METRICS.roundTrip, typeof limit === 'number' ? limit : limit.limit)];
}

/** @throws UserError where there is no endpoint, or no stream of sockets */
function whatIsHeld({ endpoints, plan }: StudyContext): {
  readonly endpoint: Endpoint;
  readonly stream: string;
  readonly shape: Scripted;
} {
  const [endpoint] = endpoints;
  const [[stream, shape] = []] = Object.entries(plan);
  if (endpoint === undefined || stream === undefined || shape?.kind !== 'scripted') {
    throw new UserError({
      what: 'This question needs an endpoint, and a plan of one scripted stream.',
      received: `${endpoints.length} endpoints; streams: ${Object.values(plan)
        .map(({ kind }) => kind)
        .join(', ')}`,
      expected: 'one endpoint whose expected status is 101, and a plan of one stream made by scripted()',
    });
  }
  if (endpoint.check !== undefined) {
    throw new UserError({
      what: `The check of endpoint "${endpoint.id}" has no meaning: the response that opens a socket has no content.`,
      expected: 'the endpoint of a socket without check',
    });
  }
  return { endpoint, stream, shape };
}
