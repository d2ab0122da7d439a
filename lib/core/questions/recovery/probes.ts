import type { Probe, RecoveryEvent, RecoveryPlan } from './probe.ts';

/** A probe when all is known of it: a request, or a journey with its requests. */
export interface SettledProbe {
  readonly isBad: boolean;
  /** When it was sent; of a journey, when it was begun, or when its last bad request was sent. */
  readonly atSeconds: number;
  /** When that was known. */
  readonly knownAtSeconds: number;
}

/** What was noted of the probes. */
export interface NotedProbes {
  readonly requests: readonly Probe[];
  /** Of journeys: how many were completed. */
  readonly completed?: number;
  /** Every probe, by what makes a request a bad one. */
  readonly settled: (isBad: (request: Probe) => boolean) => SettledProbe[];
}

export function notedProbes({ areJourneys }: RecoveryPlan, events: readonly RecoveryEvent[]): NotedProbes {
  if (areJourneys !== true) {
    const requests = events.filter((event) => 'endpoint' in event);
    return {
      requests: inOrder(requests),
      settled: (isBad) => inTime(requests.map((each) => settle(each, isBad(each)))),
    };
  }
  const journeys = journeysOf(events);
  return {
    requests: inOrder(journeys.flatMap(({ requests }) => requests)),
    completed: journeys.filter(({ isCompleted }) => isCompleted).length,
    settled: (isBad) => inTime(journeys.map((journey) => settleJourney(journey, isBad))),
  };
}

interface ProbingJourney {
  readonly begunAtSeconds: number;
  readonly requests: readonly Probe[];
  readonly isCompleted: boolean;
}

/** One that never ended has no requests: nobody knows what they waited for. */
function journeysOf(events: readonly RecoveryEvent[]): ProbingJourney[] {
  const ended = new Map(events.flatMap((event) => ('requests' in event ? [[event.journey, event] as const] : [])));
  return events.flatMap((event) => {
    if (!('begunAtSeconds' in event)) return [];
    const { requests = [], isCompleted = false, stoppedAt } = ended.get(event.journey) ?? {};
    const last = requests.findLastIndex(({ endpoint }) => endpoint === stoppedAt);
    const answered = requests.map((each, i) => (i === last ? asStop(each) : each));
    return [{ begunAtSeconds: event.begunAtSeconds, requests: answered, isCompleted }];
  });
}

/** A reply that its journey could not go on after was of wrong content, where its status was right. */
function asStop(request: Probe): Probe {
  return request.outcome === 'ok' ? { ...request, outcome: 'check_failed' } : request;
}

/** A journey is a bad probe where any of its requests is bad, or it was not completed. */
function settleJourney(
  { begunAtSeconds, requests, isCompleted }: ProbingJourney,
  isBad: (request: Probe) => boolean,
): SettledProbe {
  const bad = requests.findLast(isBad);
  if (bad !== undefined) return settle(bad, true);
  return { isBad: !isCompleted, atSeconds: begunAtSeconds, knownAtSeconds: begunAtSeconds };
}

function settle({ sentAtSeconds, ms }: Probe, isBad: boolean): SettledProbe {
  return { isBad, atSeconds: sentAtSeconds, knownAtSeconds: sentAtSeconds + ms / 1000 };
}

function inOrder(requests: readonly Probe[]): Probe[] {
  return [...requests].sort((a, b) => a.sentAtSeconds - b.sentAtSeconds);
}

function inTime(probes: readonly SettledProbe[]): SettledProbe[] {
  return [...probes].sort((a, b) => a.atSeconds - b.atSeconds);
}
