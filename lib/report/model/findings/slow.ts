import type { StoredThreshold } from '../../../core/judge/threshold.ts';
import {
  type Hypothesis,
  hypothesis,
  type Recommendation,
  rankHypotheses,
} from '../../../core/spec/document/finding.ts';
import { formatActual, formatLimit } from '../../../core/spec/figure-text.ts';
import { medianOf } from '../../../core/spec/median.ts';
import { formatFactor, formatMs } from '../../../core/spec/units.ts';
import { are, counted, named } from '../../../core/spec/words.ts';
import { loadFactor } from '../endpoint-rows.ts';
import { type EndpointEvidence, type Evidence, loadModelOf, pathsOf, type RunEvidence } from '../evidence.ts';
import { idsOf, type Rule } from './rule.ts';

const MUCH_SLOWER = 3;

/** `ok` replies that come later than their budget allows. */
export const slow: Rule = ({ endpoints, totals, runs, stack }) => {
  const overall = runs.flatMap(excessOfRun);
  const over = endpoints.flatMap(excessOfEndpoint);
  if (over.length + overall.length === 0) return [];
  const worst = Math.max(...[...over, ...overall].map(factorOf));
  const [worstOverall] = [...overall].sort(furthestFirst);
  const measured = endpoints.filter(({ latencyMs }) => latencyMs.ok.count > 0);
  const isClosed = runs.some((run) => loadModelOf(run) === 'closed');
  const p95 = totals.latencyMs.ok.p95;
  return [
    {
      id: 'slow',
      title: 'Responses are slower than the budget allows',
      severity: worst >= 2 ? 'high' : 'medium',
      impact: worst >= 2 ? 'high' : 'medium',
      area: 'user experience',
      summary:
        over.length > 0
          ? `${counted(over.length, 'endpoint')} of ${measured.length} ${are(over.length)} over the p95 budget, the worst ${overBudget(worst)} of it${p95 === undefined ? '' : `; p95 of all successful responses ${formatMs(p95)}`}.`
          : `p95 of all successful responses is ${against(worstOverall)}${runs.length > 1 ? ` in ${worstOverall?.scenario}` : ''}, ${overBudget(worst)} of its budget.`,
      description: `Judged on successful responses only, so fast refusals and timeouts do not distort it.${
        isClosed
          ? ' In a closed model a slow service also receives less load, so at the planned rate it would be slower.'
          : ''
      }`,
      endpoints: idsOf(over.map(({ endpoint }) => endpoint)),
      evidence: [
        ...over.map(latencyLine),
        ...(over.length === 0
          ? overall.map(
              (one) =>
                `all endpoints together in ${one.scenario}: p95 ${against(one)} against ${formatLimit(one.limitMs, 'ms')}`,
            )
          : []),
      ],
      hypotheses: hypothesesOf(over),
      recommendations: recommendationsOf(over, stack),
    },
  ];
};

/** A p95 that is over its limit. */
interface Excess {
  readonly limitMs: number;
  readonly p95: number | undefined;
}

interface ExcessOfRun extends Excess {
  readonly scenario: string;
}

interface ExcessOfEndpoint extends Excess {
  readonly endpoint: EndpointEvidence;
}

function excessOfRun({ scenario, thresholds }: RunEvidence): ExcessOfRun[] {
  return thresholds
    .filter((threshold) => isCrossed(threshold) && threshold.endpoint === undefined)
    .map(({ limit, actual }) => ({ scenario, limitMs: limit, p95: actual }));
}

/** Of several runs, the one furthest beyond its limit. */
function excessOfEndpoint(endpoint: EndpointEvidence): ExcessOfEndpoint[] {
  return endpoint.thresholds
    .filter(isCrossed)
    .map(({ limit, actual }) => ({ endpoint, limitMs: limit, p95: actual ?? endpoint.latencyMs.ok.p95 }))
    .sort(furthestFirst)
    .slice(0, 1);
}

function isCrossed({ metric, verdict }: StoredThreshold): boolean {
  return metric === 'okP95Ms' && verdict === 'fail';
}

function slowAtRestOf(over: readonly ExcessOfEndpoint[]): ExcessOfEndpoint[] {
  return over.filter(({ endpoint, limitMs }) => (medianOf(endpoint.atRest?.okMs ?? []) ?? 0) >= limitMs);
}

function slowerUnderLoadOf(over: readonly ExcessOfEndpoint[]): EndpointEvidence[] {
  return over.map(({ endpoint }) => endpoint).filter((endpoint) => (loadFactor(endpoint) ?? 0) >= MUCH_SLOWER);
}

function hypothesesOf(over: readonly ExcessOfEndpoint[]): Hypothesis[] {
  const overAtRest = slowAtRestOf(over).map(({ endpoint }) => `${endpoint.path} is over its budget even without load`);
  const slower = slowerUnderLoadOf(over).map(
    (endpoint) => `${endpoint.path} takes ${formatFactor(loadFactor(endpoint) ?? 0)} its unloaded latency`,
  );
  const onlyTail = over.filter(({ endpoint, limitMs }) => (endpoint.latencyMs.ok.p50 ?? limitMs) < limitMs / 2);
  return rankHypotheses([
    hypothesis('Requests queue for a limited resource: workers, a pool or a lock.', {
      for: slower,
      against: overAtRest,
    }),
    hypothesis('The work itself is slow, such as a query or a computation.', {
      for: overAtRest,
      against: slower,
    }),
    hypothesis(
      'Some requests meet something that the others do not: a cold cache, a pause of the garbage collector, a lock.',
      {
        for: onlyTail.map(
          ({ endpoint }) =>
            `half of the responses of ${endpoint.path} take ${formatMs(endpoint.latencyMs.ok.p50 ?? Number.NaN)} at most`,
        ),
      },
    ),
  ]);
}

function recommendationsOf(over: readonly ExcessOfEndpoint[], stack: Evidence['stack']): Recommendation[] {
  return [
    {
      urgency: 'must',
      text: `Bring the p95 of ${over.length > 0 ? named(pathsOf(over.map(({ endpoint }) => endpoint))) : 'the service'} under its budget, or raise the budget if users accept it.`,
    },
    ...(slowerUnderLoadOf(over).length > 0
      ? [
          {
            urgency: 'should' as const,
            text: 'Measure how long requests wait for a worker or a connection.',
          },
        ]
      : []),
    ...(slowAtRestOf(over).length > 0
      ? [
          {
            urgency: 'should' as const,
            text: 'Profile the handlers that are slow with one user; cache what is expensive and may be seconds old.',
            ...(stack === 'fastapi' ? { code: FASTAPI_CACHE } : {}),
          },
        ]
      : []),
  ];
}

function factorOf({ limitMs, p95 = limitMs }: Excess): number {
  return p95 / limitMs;
}

function furthestFirst(a: Excess, b: Excess): number {
  return factorOf(b) - factorOf(a);
}

/** `2.3×`; never `1.0×`, which would be the budget itself. */
function overBudget(factor: number): string {
  return `${formatActual(factor, 1, 'value')}×`;
}

/** Never rounded to the limit itself. */
function against(excess: Excess | undefined): string {
  return excess?.p95 === undefined ? 'not known' : formatActual(excess.p95, excess.limitMs, 'ms');
}

function latencyLine({ endpoint, ...excess }: ExcessOfEndpoint): string {
  const { p50, count } = endpoint.latencyMs.ok;
  const rest = medianOf(endpoint.atRest?.okMs ?? []);
  return `${endpoint.path}: p95 ${against(excess)} against ${formatLimit(excess.limitMs, 'ms')}, median ${p50 === undefined ? 'not known' : formatMs(p50)}${rest === undefined ? '' : `, unloaded ${formatMs(rest)}`} (${counted(count, 'successful response', 'successful responses')})`;
}

const FASTAPI_CACHE = {
  purpose: 'A result that may be five seconds old',
  language: 'python',
  text: `from cachetools import TTLCache, cached

# A plain def: FastAPI runs it in its thread pool instead of blocking the event loop.
@app.get("/api/expensive")
@cached(TTLCache(maxsize=1, ttl=5))
def expensive():
    return compute()`,
};
