import { OUTCOME_LABELS } from '../../../core/measure/outcome.ts';
import type { BreakpointStudy, BrokenBy } from '../../../core/questions/breakpoint.ts';
import type { LimitModel } from '../../../core/questions/limit-models.ts';
import type { PoolStudy } from '../../../core/questions/pool.ts';
import type { RateLimitStudy } from '../../../core/questions/rate-limit.ts';
import type { RecoveryStudy } from '../../../core/questions/recovery.ts';
import type { SequentialStudy } from '../../../core/questions/sequential.ts';
import type { DriftRow, SoakStudy } from '../../../core/questions/soak.ts';
import type { Study } from '../../../core/questions/study.ts';
import type { SocketStudy } from '../../../core/questions/websocket.ts';
import { medianOf } from '../../../core/spec/median.ts';
import { formatCount, formatDuration, formatMs, formatShare } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';

/** The answer of a study in one sentence, with its number. */
export function studyHeadline(study: Study): string {
  if (study.invalid !== undefined) return `No answer: ${study.invalid}.`;
  switch (study.kind) {
    case 'sequential':
      return sequential(study);
    case 'breakpoint':
      return breakpoint(study);
    case 'recovery':
      return recovery(study);
    case 'soak':
      return soak(study);
    case 'pool':
      return pool(study);
    case 'rate-limit':
      return rateLimit(study);
    case 'websocket':
      return websocket(study);
  }
}

/** `149/s`. */
export function formatRate(perSecond: number): string {
  return `${Number(perSecond.toPrecision(4))}/s`;
}

function sequential({ endpoints }: SequentialStudy): string {
  const measured = endpoints.filter(({ p50Ms }) => p50Ms !== undefined);
  const median = medianOf(measured.flatMap(({ p50Ms }) => p50Ms ?? []));
  const slowest = [...measured].sort((a, b) => (b.p50Ms ?? 0) - (a.p50Ms ?? 0))[0];
  if (median === undefined || slowest?.p50Ms === undefined) return 'Not one endpoint answered one user as expected.';
  const silent = endpoints.length - measured.length;
  return `One user at a time: half of the endpoints answer within ${formatMs(median)}, the slowest (${slowest.endpoint}) within ${formatMs(slowest.p50Ms)}, by their medians${silent === 0 ? '' : `; ${counted(silent, 'endpoint')} gave no ok reply`}.`;
}

const BROKEN_BY: Readonly<Record<BrokenBy, string>> = {
  errors: 'requests failed',
  latency: 'replies became too slow',
  throughput: 'replies came more slowly than requests',
};

function breakpoint({ sustainedPerSecond, broke, mostOkPerSecond, steps }: BreakpointStudy): string {
  const sustained =
    sustainedPerSecond === undefined
      ? `It does not sustain even the lowest rate, ${formatRate(steps[0]?.level ?? 0)}`
      : `It sustains ${formatRate(sustainedPerSecond)}`;
  if (broke === undefined) return `${sustained}, the highest rate that was sent: it did not break.`;
  const outcome = broke.outcome === undefined ? '' : ` (${OUTCOME_LABELS[broke.outcome]})`;
  const served = mostOkPerSecond === undefined ? '' : `; at most ${formatRate(mostOkPerSecond)} were served`;
  return `${sustained}, and breaks at ${formatRate(broke.atPerSecond)}: ${named(broke.by.map((by) => `${BROKEN_BY[by]}${by === 'errors' ? outcome : ''}`))}${served}.`;
}

function recovery({ recoveredAfterSeconds, watchedSeconds, endpoints, overload }: RecoveryStudy): string {
  const broken = endpoints.filter(({ isBroken }) => isBroken).map(({ endpoint }) => endpoint);
  const lasted = formatDuration(overload.toSeconds - overload.fromSeconds);
  if (recoveredAfterSeconds === undefined) {
    return `It did not come back within ${formatDuration(watchedSeconds)} of the end of ${lasted} of overload${broken.length > 0 ? `: ${named(broken)} ${broken.length === 1 ? 'is' : 'are'} still not as before` : ''}.`;
  }
  if (recoveredAfterSeconds === 0) return `It was as before as soon as ${lasted} of overload ended.`;
  return `It was as before ${recoveredAfterSeconds.toFixed(1)} s after the end of ${lasted} of overload.`;
}

const FIGURES: Readonly<Record<DriftRow['figure'], string>> = {
  p95: 'p95',
  failures: 'failures',
  memory: 'memory',
  connections: 'open connections',
};

export function figureName(figure: DriftRow['figure']): string {
  return FIGURES[figure];
}

function soak({ drifts, seconds }: SoakStudy): string {
  const claimed = drifts.filter(({ isClaimed }) => isClaimed);
  const over = `over ${formatDuration(Math.round(seconds))}`;
  if (claimed.length === 0) {
    return `No drift is supported by the data ${over}: ${named(drifts.map(({ figure }) => figureName(figure)))} were looked at.`;
  }
  return `${named(claimed.map((drift) => `${figureName(drift.figure)} ${drift.perHour > 0 ? 'rises' : 'falls'} by ${formatDrift(drift, Math.abs(drift.perHour))} per hour`))} ${over}.`;
}

/** An amount in the unit of a drift. */
export function formatDrift({ unit }: Pick<DriftRow, 'unit'>, value: number): string {
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  switch (unit) {
    case 'ms':
      return `${sign}${formatMs(size)}`;
    case 'share':
      return `${sign}${Number((size * 100).toFixed(2))} pp`;
    case 'bytes':
      return `${sign}${(size / 1024 ** 2).toFixed(1)} MiB`;
    case 'count':
      return `${sign}${size.toFixed(1)}`;
  }
}

const EXCESS = {
  wait: 'the others wait until they are served',
  refused: 'the others are refused at once',
  'refused slowly': 'the others are refused, after a wait',
  hang: 'the others hang until they give up',
} as const;

function pool({ freeUsers, exhaustedUsers, slots, excess, excessMs }: PoolStudy): string {
  if (exhaustedUsers === undefined)
    return `Nobody had to wait with up to ${freeUsers ?? 0} users at a time: no pool was exhausted.`;
  const between =
    freeUsers === undefined
      ? `with ${exhaustedUsers} users`
      : `between ${freeUsers} and ${exhaustedUsers} users at a time`;
  const others =
    excess === undefined ? '' : `; ${EXCESS[excess]}${excessMs === undefined ? '' : ` (${formatMs(excessMs)})`}`;
  return `It works on ${slots} requests at a time: the pool is exhausted ${between}${others}.`;
}

function rateLimit({ declared, mostInWindow, met, bypasses, limited }: RateLimitStudy): string {
  const window = `${formatCount(mostInWindow)} were accepted in ${formatDuration(declared.windowSeconds)}, where ${formatCount(declared.requests)} are declared`;
  const open = bypasses.filter(({ state }) => state === 'open').map(({ way }) => way);
  const around =
    open.length > 0
      ? `It can be got around by ${named(open)}.`
      : bypasses.some(({ state }) => state === 'closed')
        ? 'No way around it was found.'
        : '';
  const is =
    limited === 0
      ? 'No request was limited'
      : met === undefined
        ? 'A limit is enforced, but not as a window or a bucket of fixed size'
        : `The limit that is met is ${describeMet(met)}`;
  return `${is}: ${window}. ${around}`.trim();
}

/** `60 per 1m (sliding-window)`. */
export function describeMet({ requests, windowSeconds, algorithm, orElse = [] }: LimitModel): string {
  return `${formatCount(requests)} per ${formatDuration(windowSeconds)} (${[algorithm, ...orElse].join(' or ')})`;
}

function websocket({ mostHeld, heldToTheEnd, started, refused, dropped, cap, refusals }: SocketStudy): string {
  const held = `${formatCount(heldToTheEnd)} of ${formatCount(started)} sockets were held to the end (${formatShare(started === 0 ? 0 : heldToTheEnd / started)}), ${formatCount(mostHeld)} at one time`;
  const how = Object.entries(refusals)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name)[0];
  const lost = [
    ...(refused > 0 ? [`${formatCount(refused)} refused${how === undefined ? '' : ` (${how})`}`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} lost`] : []),
  ];
  return `${held}${lost.length > 0 ? `; ${lost.join(', ')}` : ''}.${cap === undefined ? '' : ` The cap is ${formatCount(cap)}.`}`;
}
