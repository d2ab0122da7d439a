import { sleep } from 'k6';
import exec from 'k6/execution';
import type { Endpoint, HttpMethod } from '../../core/endpoint.ts';
import { UserError } from '../../core/errors.ts';
import { present } from '../../core/present.ts';
import { BYPASS_WAYS, type BypassWay, type LimitEvent, type RateLimitPlan } from '../../core/studies/rate-limit.ts';
import { counterOf } from '../iteration.ts';
import { type Requester, requesterOf } from '../request.ts';
import { retryAfterSeconds } from '../retry-after.ts';
import { note, sinceStartMs } from './note.ts';
import type { StudyContext, StudyDefinition } from './study-definition.ts';

/** Of the window: when the first burst, the second, the other client and the ways around it have their turn. */
const SECOND_BURST = 0.4;
const OTHER_CLIENT = 0.6;
const PROBING_ENDS = 1.5;
/** Ways around it, and then as long as Retry-After says, which is a window at most. */
const EVERYTHING = 2.7;
/** Share of the limit that the first burst takes: two bursts tell a sliding window from a fixed one. */
const FIRST_BURST = 0.6;
const PROBES_PER_WINDOW = 120;
const LEAST_PROBE_SECONDS = 0.02;
const ROUNDS = 3;
/** A user has one connection, and now and then a second one, where a request came before the first was free again. */
const MOST_IDLE_CONNECTIONS = 3;
/** Far enough apart that some of them meet a time in which the first client is refused, whatever the limiter. */
const REQUESTS_OF_OTHER_CLIENT = 10;
const BETWEEN_THEM = 0.08;

/**
 * Is the declared limit what is enforced, and can it be got around? For one endpoint that declares a limit, and one
 * stream of any shape: what is sent follows from the limit.
 */
export function rateLimit(): StudyDefinition {
  return {
    completePlan: (plan, { settings, order, endpoints }) => {
      const { windowSeconds } = limitedEndpoint(endpoints).rateLimit;
      if (
        settings.users !== undefined ||
        settings.durationSeconds !== undefined ||
        settings.ratePerSecond !== undefined
      ) {
        throw new UserError({
          what: 'VUS, RATE and DURATION have no meaning here: what is sent follows from the declared limit.',
          received: [
            ...(settings.users === undefined ? [] : ['VUS']),
            ...(settings.ratePerSecond === undefined ? [] : ['RATE']),
            ...(settings.durationSeconds === undefined ? [] : ['DURATION']),
          ].join(', '),
          expected: 'none of them',
        });
      }
      return Object.fromEntries(
        Object.keys(plan).map((stream) => [
          stream,
          { kind: 'scripted', users: order.hasSecondClient ? 2 : 1, durationSeconds: EVERYTHING * windowSeconds },
        ]),
      );
    },
    begin: (context) => {
      const endpoint = limitedEndpoint(context.endpoints);
      const study: RateLimitPlan = {
        kind: 'rate-limit',
        endpoint: endpoint.id,
        path: endpoint.path,
        declared: endpoint.rateLimit,
        hasSecondClient: context.order.hasSecondClient,
      };
      const iterate = scriptOf(endpoint, context);
      return {
        plan: study,
        iterations: Object.fromEntries(Object.keys(context.plan).map((stream) => [stream, iterate])),
        notesEvents: true,
        clients: 2,
        isNotRecorded: true,
        isNotMetAtRest: true,
      };
    },
  };
}

type LimitedEndpoint = Endpoint & Required<Pick<Endpoint, 'rateLimit'>>;

/** @throws Error where there is not exactly one: a mistake of the scenario's author */
function limitedEndpoint(endpoints: readonly Endpoint[]): LimitedEndpoint {
  const limited = endpoints.filter((endpoint): endpoint is LimitedEndpoint => endpoint.rateLimit !== undefined);
  const [only] = limited;
  if (only === undefined || endpoints.length > 1) {
    throw new Error(
      'This question needs exactly one endpoint, with a rateLimit: a client has its limits to itself then',
    );
  }
  return only;
}

function scriptOf(endpoint: LimitedEndpoint, context: StudyContext): () => void {
  const [requester] = context.requesters;
  if (requester === undefined) throw new Error('There is no request for the endpoint');
  const { windowSeconds, requests } = endpoint.rateLimit;
  const at = (share: number) => sleep(Math.max(0, share * windowSeconds - sinceStartMs() / 1000));
  const plain = sender(requester, 1);

  const firstClient = () => {
    repeat(Math.ceil(FIRST_BURST * requests), () => plain('measure'));
    at(SECOND_BURST);
    // Enough to use the limit up, and a few more; where nothing is refused, twice as many show it.
    for (let sent = 0, refused = 0; sent < 2 * requests && refused < 3; sent += 1) {
      if (plain('measure').status === 429) refused += 1;
    }
    const pauseSeconds = Math.max(LEAST_PROBE_SECONDS, windowSeconds / PROBES_PER_WINDOW);
    while (sinceStartMs() < PROBING_ENDS * windowSeconds * 1000) {
      plain('measure');
      sleep(pauseSeconds);
    }
    tryWaysAround(endpoint, context, plain);
    bePatient(plain, requests, windowSeconds);
  };
  const secondClient = () => {
    at(OTHER_CLIENT);
    const other = sender(
      requesterOf(endpoint, context.target, context.timeoutMsOf(endpoint), { phase: 'other-client' }),
      2,
    );
    repeat(Math.min(REQUESTS_OF_OTHER_CLIENT, requests), () => {
      other('measure');
      sleep(BETWEEN_THEM * windowSeconds);
    });
  };
  // k6 gives its users the local addresses in turn.
  return () => (exec.vu.idInTest % 2 === 1 || !context.order.hasSecondClient ? firstClient() : secondClient());
}

type Send = (
  purpose: LimitEvent['purpose'],
  round?: Pick<LimitEvent, 'way' | 'round'>,
) => Pick<LimitEvent, 'status' | 'retryAfterSeconds'>;

/** Sends the ordinary request, notes it, and returns what came. Only those of the first client are load. */
function sender(requester: Requester, client: LimitEvent['client']): Send {
  const count = client === 1 ? counterOf(requester) : requester.outcomeOf;
  return (purpose, round = {}) => {
    const sentAtMs = sinceStartMs();
    const reply = requester.send();
    const doneAtMs = sinceStartMs();
    const said = reply.status === 429 ? retryAfterSeconds(reply, Date.now()) : undefined;
    const event: LimitEvent = {
      client,
      purpose,
      ...round,
      sentAtMs,
      doneAtMs,
      status: reply.status,
      isOk: count(reply) === 'ok',
      ...(said === undefined ? {} : { retryAfterSeconds: said }),
    };
    note(event);
    return event;
  };
}

/** Sends until the limit is used up; gives up on one that is not enforced. @returns what Retry-After says then */
function useUp(plain: Send, requests: number, round: Pick<LimitEvent, 'way' | 'round'>): number | undefined {
  for (let sent = 0; sent < 2 * requests + 2; sent += 1) {
    const { status, retryAfterSeconds: said } = plain('control', round);
    if (status === 429) return said;
  }
  return undefined;
}

function tryWaysAround(endpoint: LimitedEndpoint, context: StudyContext, plain: Send): void {
  // The request after one that closes its connection opens a new one.
  const leave = sender(
    requesterOf(
      { ...endpoint, headers: { ...endpoint.headers, Connection: 'close' } },
      context.target,
      context.timeoutMsOf(endpoint),
      { endpoint: endpoint.id },
    ),
    1,
  );
  for (const way of BYPASS_WAYS) {
    for (const attempt of attemptsOf(way, endpoint)) {
      for (let round = 1; round <= ROUNDS; round += 1) {
        useUp(plain, endpoint.rateLimit.requests, { way, round });
        if (way === 'fresh-connection') repeat(MOST_IDLE_CONNECTIONS, () => leave('control', { way, round }));
        const { send } = requesterOfAttempt(attempt, endpoint, context);
        const sentAtMs = sinceStartMs();
        const reply = send();
        note({
          client: 1,
          purpose: 'attempt',
          way,
          round,
          sentAtMs,
          doneAtMs: sinceStartMs(),
          status: reply.status,
          isOk: endpoint.expectedStatuses.includes(reply.status),
        } satisfies LimitEvent);
        plain('control', { way, round });
      }
    }
  }
}

interface Attempt {
  readonly method?: HttpMethod;
  readonly path?: string;
  readonly headers?: () => Record<string, string>;
}

/** Addresses for documentation (RFC 5737), a new one for each attempt. */
const anotherAddress = () => `198.51.100.${1 + Math.floor(Math.random() * 254)}`;

function attemptsOf(way: BypassWay, { path, method, otherMethods = [] }: Endpoint): Attempt[] {
  const ownLetters = path.replace(/[^/]/g, '').length < path.length;
  switch (way) {
    case 'x-forwarded-for':
      return [{ headers: () => ({ 'X-Forwarded-For': anotherAddress() }) }];
    case 'x-real-ip':
      return [{ headers: () => ({ 'X-Real-IP': anotherAddress() }) }];
    case 'trailing-slash':
      return path.endsWith('/') ? [] : [{ path: `${path}/` }];
    case 'double-slash':
      return [{ path: `/${path}` }];
    case 'upper-case':
      return path.toUpperCase() === path ? [] : [{ path: path.toUpperCase() }];
    case 'percent-encoding':
      return ownLetters ? [{ path: encodeLastLetter(path) }] : [];
    case 'head':
      return method === 'HEAD' ? [] : [{ method: 'HEAD' }];
    case 'options':
      return method === 'OPTIONS' ? [] : [{ method: 'OPTIONS' }];
    case 'other-methods':
      return otherMethods.filter((other) => other !== method).map((other) => ({ method: other }));
    case 'fresh-connection':
      return [{}];
  }
}

/** `/api/stats` → `/api/stat%73`: the same path to who decodes it. */
function encodeLastLetter(path: string): string {
  return path.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

/** An attempt is no load: it is in no figure of the endpoint. Only its status is looked at. */
function requesterOfAttempt({ method, path, headers }: Attempt, endpoint: Endpoint, context: StudyContext): Requester {
  const { check: _, ...unchecked } = endpoint;
  return requesterOf(
    { ...unchecked, ...present({ method, path }), headers: { ...endpoint.headers, ...headers?.() } },
    context.target,
    context.timeoutMsOf(endpoint),
    { phase: 'attempt' },
  );
}

/** Comes back when it is told to, and not before. */
function bePatient(plain: Send, requests: number, windowSeconds: number): void {
  const told = useUp(plain, requests, {});
  if (told === undefined || told > windowSeconds + 1) return;
  sleep(told + 0.02);
  plain('patient');
}

function repeat(times: number, action: () => void): void {
  for (let i = 0; i < times; i += 1) action();
}
