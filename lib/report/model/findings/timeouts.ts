import { type Hypothesis, hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { medianOf } from '../../../core/spec/median.ts';
import { formatDuration, formatMs, formatShare } from '../../../core/spec/units.ts';
import { are, counted, named } from '../../../core/spec/words.ts';
import { causesBehind } from '../causes.ts';
import { type EndpointEvidence, type Evidence, isNotOkAtRest, pathsOf } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, type Rule } from './rule.ts';

const WIDESPREAD = 0.05;
const MOST_OF_THEM = 0.9;

/** Requests that got no whole reply within their timeout. */
export const timeouts: Rule = (evidence) => {
  const { totals, endpoints, runs, stack } = evidence;
  const count = countOutcomes(totals.outcomes, 'timeout');
  if (count === 0) return [];
  const share = count / totals.requests;
  const affected = endpoints
    .filter(({ outcomes }) => countOutcomes(outcomes, 'timeout') > 0)
    .sort((a, b) => timeoutShare(b) - timeoutShare(a));
  const hanging = affected.filter((endpoint) => timeoutShare(endpoint) > MOST_OF_THEM);
  const isCrossed = runs.some(({ thresholds }) =>
    thresholds.some((t) => t.metric === 'timeoutRate' && t.verdict === 'fail'),
  );
  const limits = [...new Set(affected.flatMap(({ timeoutMs }) => timeoutMs ?? []))].sort((a, b) => a - b);
  const after = named(limits.map((ms) => formatDuration(ms / 1000)));
  return [
    {
      id: 'timeouts',
      title: 'Requests time out',
      severity: isCrossed || share >= WIDESPREAD ? (share >= WIDESPREAD ? 'critical' : 'high') : 'medium',
      impact: share >= WIDESPREAD || hanging.length > 0 ? 'high' : 'medium',
      area: 'availability',
      summary: `${formatShare(share)} of all requests (${counted(count, 'request')}) timed out${after === '' ? '' : ` after ${after}`}.`,
      description:
        hanging.length > 0
          ? `${counted(hanging.length, 'endpoint')} timed out on almost every request: ${named(pathsOf(hanging))}.`
          : `${counted(affected.length, 'endpoint')} ${are(affected.length)} affected, each on some of its requests.`,
      endpoints: idsOf(affected),
      evidence: affected.map(
        (endpoint) =>
          `${endpoint.path}: ${counted(countOutcomes(endpoint.outcomes, 'timeout'), 'timeout')} of ${counted(endpoint.requests, 'request')} (${formatShare(timeoutShare(endpoint))})${causesBehind(endpoint, ['timeout'])}${restingMedian(endpoint)}`,
      ),
      hypotheses: hypothesesOf(evidence, affected),
      recommendations: [
        {
          urgency: 'must',
          text: `Find out what ${named(pathsOf(affected))} ${affected.length === 1 ? 'waits' : 'wait'} for, with a profile or the pool's own figures taken under this load.`,
        },
        {
          urgency: 'must',
          text: 'Give every wait inside the service a timeout shorter than its clients have, so that it fails fast instead of hanging.',
          ...(stack === 'fastapi' ? { code: FASTAPI_TIMEOUT } : {}),
        },
        {
          urgency: 'should',
          text: 'Bound what is accepted at once, and answer 503 with Retry-After beyond it.',
        },
      ],
    },
  ];
};

function hypothesesOf({ totals, endpoints }: Evidence, affected: readonly EndpointEvidence[]): Hypothesis[] {
  const hangAtRest = affected.filter(({ atRest }) => countOutcomes(atRest?.outcomes ?? {}, 'timeout') > 0);
  const wellAtRest = affected.filter((endpoint) => endpoint.atRest !== undefined && !isNotOkAtRest(endpoint));
  const spared = endpoints.filter((endpoint) => endpoint.requests > 0 && !affected.includes(endpoint));
  const sparedFast = spared.filter(({ latencyMs }) => (latencyMs.ok.p95 ?? Number.POSITIVE_INFINITY) < 500);
  const refusedToo = countOutcomes(totals.outcomes, 'refused', 'reset');
  return rankHypotheses([
    hypothesis('These handlers wait for something that never answers, even without load.', {
      for: [hangAtRest.length > 0 && `with one user too: ${named(pathsOf(hangAtRest))}`],
      against: [wellAtRest.length > 0 && `with one user, these answer: ${named(pathsOf(wellAtRest))}`],
    }),
    hypothesis('A shared resource runs out under load: workers, threads or a connection pool.', {
      for: [
        wellAtRest.length > 0 && `with one user, these answer: ${named(pathsOf(wellAtRest))}`,
        affected.length > 1 && `${counted(affected.length, 'endpoint')} time out, not one`,
        refusedToo > 0 && `${counted(refusedToo, 'connection')} refused or reset in the same test`,
      ],
      against: [
        sparedFast.length > 0 && `these stayed fast beside them: ${named(pathsOf(sparedFast))}`,
        hangAtRest.length > 0 && `these hang even without load: ${named(pathsOf(hangAtRest))}`,
      ],
    }),
    hypothesis('These handlers block: concurrent requests queue for synchronous work or a slow query.', {
      for: [
        wellAtRest.length > 0 &&
          sparedFast.length > 0 &&
          `only these are affected, ${named(pathsOf(sparedFast))} ${are(sparedFast.length)} not`,
      ],
      against: [spared.length === 0 && endpoints.length > 1 && 'every endpoint of the test is affected'],
    }),
  ]);
}

function timeoutShare({ outcomes, requests }: EndpointEvidence): number {
  return requests === 0 ? 0 : countOutcomes(outcomes, 'timeout') / requests;
}

function restingMedian({ atRest }: EndpointEvidence): string {
  const median = medianOf(atRest?.okMs ?? []);
  return median === undefined ? '' : `; unloaded ${formatMs(median)}`;
}

const FASTAPI_TIMEOUT = {
  purpose: 'A timeout for every request',
  language: 'python',
  text: `@app.middleware("http")
async def limit_duration(request: Request, call_next):
    try:
        return await asyncio.wait_for(call_next(request), timeout=10)
    except asyncio.TimeoutError:
        return JSONResponse({"detail": "timed out"}, status_code=504)`,
};
