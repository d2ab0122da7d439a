import { type Contradiction, expectWithin } from '../../measure/contradiction.ts';
import type { Measured, StoredEndpoint, StoredLoad } from '../../measure/measured.ts';
import { NO_ANSWER, OUTCOMES, type Outcome } from '../../measure/outcome.ts';
import { sum } from '../../spec/sum.ts';
import type { ForeignRun } from '../run-summary.ts';
import { countsAtRest, outcomesAddUp, sameIds } from './counts.ts';
import { distributionsOf } from './latencies.ts';
import { inOrder, rateOf } from './times.ts';

/** What is compared of a run that someone wrote down. */
export interface HandMadeFigures
  extends Pick<ForeignRun, 'totals' | 'endpoints'>,
    Partial<Pick<ForeignRun, 'startedAt' | 'endedAt' | 'durationSeconds' | 'atRest'>> {
  readonly load?: StoredLoad;
}

/**
 * What cannot be true at the same time in a run that someone wrote down. Endpoints may be missing from it, and causes
 * and latencies need not be known; what is there is some of the whole.
 */
export function contradictionsOfHandMade(run: HandMadeFigures): Contradiction[] {
  const { totals, endpoints, atRest = [], load } = run;
  const measured = [['totals', totals] as const, ...endpoints.map((each, i) => [`endpoints[${i}]`, each] as const)];
  return [
    ...sameIds(endpoints),
    ...measured.flatMap(([member, each]) => outcomesAddUp(member, each)),
    ...endpointsWithin(totals, endpoints),
    ...measured.flatMap(([member, each]) => [...latencyCounts(member, each), ...distributionsOf(member, each)]),
    ...atRest.flatMap(countsAtRest),
    ...timesOf(run),
    ...(load?.requestsPerSecond === undefined || load.windowSeconds === undefined
      ? []
      : rateOf(load.requestsPerSecond, totals.requests, load.windowSeconds)),
  ];
}

/** Why no answer came may be known of the whole and not of its parts, or the other way round. */
function endpointsWithin({ outcomes }: Measured, endpoints: readonly StoredEndpoint[]): Contradiction[] {
  const most = (outcome: Outcome) =>
    (outcomes[outcome] ?? 0) +
    (isOf(NO_ANSWER, outcome) && outcome !== 'unclassified' ? (outcomes.unclassified ?? 0) : 0);
  const ofEndpoints = (...wanted: readonly Outcome[]) =>
    sum(endpoints.flatMap((endpoint) => wanted.map((outcome) => endpoint.outcomes[outcome] ?? 0)));
  const unanswered = sum(NO_ANSWER.map((outcome) => outcomes[outcome] ?? 0));
  return [
    ...OUTCOMES.filter((outcome) => outcome !== 'unclassified' && ofEndpoints(outcome) > most(outcome)).map(
      (outcome): Contradiction => ({
        member: `totals.outcomes.${outcome}`,
        received: `${outcomes[outcome] ?? 0}`,
        expected: `at least ${ofEndpoints(outcome)}, what its endpoints add up to`,
      }),
    ),
    ...expectWithin(
      'totals.outcomes',
      unanswered,
      [ofEndpoints(...NO_ANSWER), Number.POSITIVE_INFINITY],
      'the requests without an answer that its endpoints add up to',
    ),
  ];
}

function isOf(outcomes: readonly Outcome[], outcome: Outcome): boolean {
  return outcomes.includes(outcome);
}

/** A latency of none was not written down; any other is of the requests that there were. */
function latencyCounts(member: string, { requests, outcomes, latencyMs }: Measured): Contradiction[] {
  const { ok = 0, check_failed: wrong = 0 } = outcomes;
  return [
    ...countOrNone(`${member}.latencyMs.all.count`, latencyMs.all.count, [requests], `its ${requests} requests`),
    ...countOrNone(
      `${member}.latencyMs.ok.count`,
      latencyMs.ok.count,
      [ok, ok + wrong],
      `its ${ok} successful responses`,
    ),
  ];
}

function countOrNone(member: string, count: number, allowed: readonly number[], what: string): Contradiction[] {
  if (count === 0 || allowed.includes(count)) return [];
  return [{ member, received: `${count}`, expected: `that of ${what}, or 0 where it was not kept apart` }];
}

function timesOf({ startedAt, endedAt, durationSeconds, load }: HandMadeFigures): Contradiction[] {
  const lasted = durationSeconds ?? Number.POSITIVE_INFINITY;
  return [
    ...(startedAt === undefined || endedAt === undefined ? [] : inOrder('endedAt', endedAt, 'startedAt', startedAt)),
    ...expectWithin('load.windowSeconds', load?.windowSeconds ?? 0, [0, lasted], 'what the whole run lasted'),
  ];
}
