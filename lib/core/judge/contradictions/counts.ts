import { type Contradiction, expectSame, expectWithin } from '../../measure/contradiction.ts';
import type { AtRest, Measured, StoredEndpoint } from '../../measure/measured.ts';
import { countRequests, OUTCOMES } from '../../measure/outcome.ts';
import { sum } from '../../spec/sum.ts';
import type { RunSummary } from '../run-summary.ts';

/** Requests by outcome, of a run that lacks nothing: each has one outcome, and each is one of an endpoint. */
export function contradictionsOfCounts(run: RunSummary): Contradiction[] {
  const { totals, endpoints, load, atRest } = run;
  return [
    ...sameIds(endpoints),
    ...outcomesAddUp('totals', totals),
    ...endpoints.flatMap((endpoint, i) => outcomesAddUp(`endpoints[${i}]`, endpoint)),
    ...OUTCOMES.flatMap((outcome) =>
      expectSame(
        `totals.outcomes.${outcome}`,
        totals.outcomes[outcome] ?? 0,
        sum(endpoints.map(({ outcomes }) => outcomes[outcome] ?? 0)),
        'what its endpoints add up to',
      ),
    ),
    ...endpoints.flatMap(({ latencyMs, requests }, i) =>
      expectSame(`endpoints[${i}].latencyMs.all.count`, latencyMs.all.count, requests, 'its requests'),
    ),
    ...expectSame(
      'totals.latencyMs.all.count',
      totals.latencyMs.all.count,
      totals.requests + (load.unattributedRequests ?? 0),
      'the requests, those included that were cut off (load.unattributedRequests)',
    ),
    ...[totals, ...endpoints].flatMap((measured, i) =>
      okCount(i === 0 ? 'totals' : `endpoints[${i - 1}]`, measured, run.schemaVersion),
    ),
    ...endpoints.flatMap(({ limitedWithoutRetryAfter = 0, outcomes }, i) =>
      expectWithin(
        `endpoints[${i}].limitedWithoutRetryAfter`,
        limitedWithoutRetryAfter,
        [0, outcomes.rate_limited ?? 0],
        'since those are 429 responses',
      ),
    ),
    ...endpoints.flatMap(({ undecidedChecks = 0, outcomes }, i) =>
      expectWithin(
        `endpoints[${i}].undecidedChecks`,
        undecidedChecks,
        [0, outcomes.check_failed ?? 0],
        'since those are of wrong content',
      ),
    ),
    ...atRest.flatMap(countsAtRest),
    ...cutOff(run),
  ];
}

/** Every request has exactly one outcome. */
export function outcomesAddUp(member: string, { requests, outcomes }: Measured): Contradiction[] {
  return expectSame(`${member}.requests`, requests, countRequests(outcomes), 'one for each outcome');
}

/** Two rows of one name would be judged by the first of them. */
export function sameIds(endpoints: readonly Pick<StoredEndpoint, 'id'>[]): Contradiction[] {
  return endpoints.flatMap(({ id }, i) => {
    const first = endpoints.findIndex((endpoint) => endpoint.id === id);
    return first === i
      ? []
      : [
          {
            member: `endpoints[${i}].id`,
            received: JSON.stringify(id),
            expected: `another id than endpoints[${first}]`,
          },
        ];
  });
}

/** Until version 2 replies of wrong content counted among the latencies of ok ones: k6 tells them apart by status alone. */
function okCount(member: string, { outcomes, latencyMs }: Measured, schemaVersion: number): Contradiction[] {
  const { ok = 0, check_failed: wrong = 0 } = outcomes;
  return schemaVersion < 2
    ? expectSame(
        `${member}.latencyMs.ok.count`,
        latencyMs.ok.count,
        ok + wrong,
        'the responses with an expected status',
      )
    : expectSame(`${member}.latencyMs.ok.count`, latencyMs.ok.count, ok, 'the successful responses');
}

export function countsAtRest({ endpoint, sent, requests, outcomes, okMs }: AtRest, i: number): Contradiction[] {
  return [
    ...expectSame(`atRest[${i}].requests`, requests, countRequests(outcomes), `one for each outcome of ${endpoint}`),
    ...expectSame(
      `atRest[${i}].okMs`,
      okMs.length,
      outcomes.ok ?? 0,
      `one time for each successful response of ${endpoint}`,
    ),
    ...expectWithin(`atRest[${i}].sent`, sent, [requests, Number.POSITIVE_INFINITY], 'since each was sent'),
  ];
}

/** Only what is cut short can cut a script off between a reply and its outcome. */
function cutOff({ load, k6ExitCode, mergedFrom }: RunSummary): Contradiction[] {
  const { unattributedRequests: cut = 0, endedEarly } = load;
  const codes = mergedFrom?.map((part) => part.k6ExitCode) ?? [k6ExitCode];
  const isCutShort = endedEarly === true || codes.some((code) => code !== 0);
  if (cut === 0 || isCutShort) return [];
  const expected = 'none, since k6 ended by itself (k6ExitCode 0) and cut nothing off';
  return [{ member: 'load.unattributedRequests', received: `${cut}`, expected }];
}
