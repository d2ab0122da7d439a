import type { Limit } from '../spec/limit.ts';
import { sum } from '../spec/sum.ts';
import type { BreakpointStudy } from './breakpoint.ts';
import type { PoolStudy } from './pool.ts';
import type { RateLimitStudy } from './rate-limit.ts';
import type { RecoveryStudy } from './recovery.ts';
import type { SoakStudy } from './soak.ts';
import type { Study, StudyPlan } from './study.ts';
import type { SocketStudy } from './websocket.ts';

/** What the answers of scenarios with a question of their own must be. Each holds for the scenario that asks it. */
export interface StudyBudget {
  /** `breakpoint`: requests per second that the service sustains within the overall budget, at least. */
  readonly sustainedPerSecond?: Limit;
  /** `recovery`: seconds from the end of the overload until all is as before, at most. */
  readonly recoverySeconds?: Limit;
  /** `recovery`: endpoints that are not as before when the watch ends, at most. */
  readonly brokenAfterOverload?: Limit;
  /** `soak`: how much slower the p95 gets per hour, as a share (0-1) of what it was, at most. Drift that the data do not support is 0. */
  readonly p95DriftPerHour?: Limit;
  /** `soak`: how much more requests fail per hour, as a share (0-1) of all requests, at most. */
  readonly failureDriftPerHour?: Limit;
  /** `soak`: growth of memory per hour, as a share (0-1) of what it was, at most. */
  readonly memoryDriftPerHour?: Limit;
  /** `soak`: growth of open connections per hour, as a share (0-1) of what they were, at most. */
  readonly connectionDriftPerHour?: Limit;
  /** `pool`: users at a time who are served as fast as one alone, at least. */
  readonly freeUsers?: Limit;
  /** `pool`: milliseconds until requests beyond that are answered, one way or the other; must stay below. */
  readonly excessAnswerMs?: Limit;
  /** `rate-limit`: requests accepted in a window beyond the declared limit, at most. */
  readonly acceptedInWindowBeyondLimit?: Limit;
  /** `rate-limit`: ways around the limit that are open, at most. */
  readonly openBypasses?: Limit;
  /** `rate-limit`: requests of another client that are refused while one is limited, at most. */
  readonly starvedRequests?: Limit;
  /** `rate-limit`: share (0-1) of 429 replies whose Retry-After is wrong or missing, at most. */
  readonly wrongRetryAfterShare?: Limit;
  /** `websocket`: share (0-1) of the sockets that are held to the end, at least. */
  readonly heldSocketsShare?: Limit;
  /** `websocket`: sockets that are lost while they are open, at most. */
  readonly droppedSockets?: Limit;
  /** `websocket`: milliseconds that the p95 from a message to its answer must stay below. */
  readonly roundTripP95Ms?: Limit;
}

export type StudyMetric = keyof StudyBudget;

interface StudyMetricDefinition {
  readonly title: string;
  readonly operator: '<' | '<=' | '>=';
  readonly unit: 'ms' | 'share' | 'count' | 'perSecond' | 'seconds';
  readonly kind: StudyPlan['kind'];
  /** Whether this study can say it at all. @default always */
  readonly applies?: (plan: StudyPlan) => boolean;
  /** What was found, and how many requests, probes or sockets it is made of; undefined where nothing was. */
  readonly measure: (study: Study) => { readonly actual: number; readonly samples: number } | undefined;
}

/** Of one kind of study: anything else was measured nothing of. */
function of<Kind extends Study>(
  kind: Kind['kind'],
  measure: (study: Kind) => readonly [actual: number | undefined, samples: number],
): Pick<StudyMetricDefinition, 'kind' | 'measure'> {
  return {
    kind,
    measure: (study) => {
      if (study.kind !== kind || study.invalid !== undefined) return undefined;
      const [actual, samples] = measure(study as Kind);
      return actual === undefined ? undefined : { actual, samples };
    },
  };
}

const breakpoint = (measure: (study: BreakpointStudy) => readonly [number | undefined, number]) =>
  of<BreakpointStudy>('breakpoint', measure);
const recovery = (measure: (study: RecoveryStudy) => readonly [number | undefined, number]) =>
  of<RecoveryStudy>('recovery', measure);
const pool = (measure: (study: PoolStudy) => readonly [number | undefined, number]) => of<PoolStudy>('pool', measure);
const rateLimit = (measure: (study: RateLimitStudy) => readonly [number | undefined, number]) =>
  of<RateLimitStudy>('rate-limit', measure);
const websocket = (measure: (study: SocketStudy) => readonly [number | undefined, number]) =>
  of<SocketStudy>('websocket', measure);

/** A drift that is not claimed is none; one for the better is none either. */
const drift = (figure: SoakStudy['drifts'][number]['figure'], isRelative: boolean) =>
  of<SoakStudy>('soak', ({ drifts }) => {
    const found = drifts.find((each) => each.figure === figure);
    if (found === undefined) return [undefined, 0];
    const perHour = found.isClaimed ? Math.max(0, found.perHour) : 0;
    return [isRelative && perHour > 0 ? perHour / Math.max(found.level, Number.EPSILON) : perHour, found.points];
  });

const hasServerMetrics = (plan: StudyPlan) => plan.kind === 'soak' && plan.hasServerMetrics;

/** The answers that can be judged, each defined once. */
export const STUDY_METRICS: Readonly<Record<StudyMetric, StudyMetricDefinition>> = {
  sustainedPerSecond: {
    title: 'highest sustained rate',
    operator: '>=',
    unit: 'perSecond',
    ...breakpoint(({ sustainedPerSecond, steps }) => [
      sustainedPerSecond ?? (steps.length > 0 ? 0 : undefined),
      sum(steps.map(({ requests }) => requests)),
    ]),
  },
  recoverySeconds: {
    title: 'recovery after overload',
    operator: '<=',
    unit: 'seconds',
    ...recovery(({ recoveredAfterSeconds, watchedSeconds, probes }) => [
      recoveredAfterSeconds ?? watchedSeconds,
      probes.answered,
    ]),
  },
  brokenAfterOverload: {
    title: 'endpoints still not as before at the end',
    operator: '<=',
    unit: 'count',
    ...recovery(({ endpoints, recoveredAfterSeconds, probes }) => {
      const broken = endpoints.filter(({ isBroken }) => isBroken).length;
      return [recoveredAfterSeconds === undefined ? Math.max(1, broken) : broken, probes.answered];
    }),
  },
  p95DriftPerHour: { title: 'drift of p95 per hour', operator: '<=', unit: 'share', ...drift('p95', true) },
  failureDriftPerHour: {
    title: 'drift of failures per hour',
    operator: '<=',
    unit: 'share',
    ...drift('failures', false),
  },
  memoryDriftPerHour: {
    title: 'growth of memory per hour',
    operator: '<=',
    unit: 'share',
    applies: hasServerMetrics,
    ...drift('memory', true),
  },
  connectionDriftPerHour: {
    title: 'growth of open connections per hour',
    operator: '<=',
    unit: 'share',
    applies: hasServerMetrics,
    ...drift('connections', true),
  },
  freeUsers: {
    title: 'users served as fast as one alone',
    operator: '>=',
    unit: 'count',
    ...pool(({ freeUsers, steps }) => [freeUsers ?? 0, sum(steps.map(({ requests }) => requests))]),
  },
  excessAnswerMs: {
    title: 'time until the excess is answered',
    operator: '<',
    unit: 'ms',
    ...pool(({ excessMs, steps }) => [excessMs ?? steps.at(-1)?.okMs?.p95, steps.at(-1)?.requests ?? 0]),
  },
  acceptedInWindowBeyondLimit: {
    title: 'accepted in a window beyond the declared limit',
    operator: '<=',
    unit: 'count',
    ...rateLimit(({ beyondLimit, requests }) => [beyondLimit, requests]),
  },
  openBypasses: {
    title: 'ways around the limit that are open',
    operator: '<=',
    unit: 'count',
    ...rateLimit(({ bypasses }) => {
      const told = bypasses.filter(({ state }) => state !== 'unclear');
      return [told.length === 0 ? undefined : told.filter(({ state }) => state === 'open').length, told.length];
    }),
  },
  starvedRequests: {
    title: 'requests of another client refused with it',
    operator: '<=',
    unit: 'count',
    applies: (plan) => plan.kind === 'rate-limit' && plan.hasSecondClient,
    ...rateLimit(({ isolation }) => [isolation?.refused, isolation?.requests ?? 0]),
  },
  wrongRetryAfterShare: {
    title: '429 replies with a wrong Retry-After, or none',
    operator: '<=',
    unit: 'share',
    ...rateLimit(({ retryAfter: { right, early, late, missing } }) => {
      const told = right + early + late + missing;
      return [told === 0 ? undefined : (early + late + missing) / told, told];
    }),
  },
  heldSocketsShare: {
    title: 'sockets held to the end',
    operator: '>=',
    unit: 'share',
    ...websocket(({ heldToTheEnd, started }) => [started === 0 ? undefined : heldToTheEnd / started, started]),
  },
  droppedSockets: {
    title: 'sockets lost while open',
    operator: '<=',
    unit: 'count',
    ...websocket(({ dropped, started }) => [dropped, started]),
  },
  roundTripP95Ms: {
    title: 'p95 from a message to its answer',
    operator: '<',
    unit: 'ms',
    ...websocket(({ roundTripMs, messages }) => [roundTripMs?.p95, messages.answered]),
  },
};

export const STUDY_METRIC_NAMES = Object.keys(STUDY_METRICS) as StudyMetric[];

/** Whether a study is asked for a metric. */
export function isAskedFor(metric: StudyMetric, plan: StudyPlan): boolean {
  const { kind, applies = () => true } = STUDY_METRICS[metric];
  return kind === plan.kind && applies(plan);
}
