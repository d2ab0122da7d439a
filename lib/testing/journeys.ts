import { type Budgets, customThresholdsOf, journeyThresholdsOf, thresholdsOf } from '../core/judge/budgets.ts';
import type { CustomFigures } from '../core/judge/custom-figures.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { EndpointSummary, JourneySummary } from '../core/measure/measured.ts';
import { NOT_DECLARED } from '../core/spec/not-declared.ts';
import { endpointSummary, latencyAround, loadRecord, measured, measuredRun, runSummary } from './runs.ts';

/** Journeys of one name, completed but for what is said. */
export function journeySummary(
  name: string,
  completed: number,
  { medianMs = 1000, ...changes }: Partial<JourneySummary> & { readonly medianMs?: number } = {},
): JourneySummary {
  return {
    name,
    endpoints: ['list', 'order'],
    atMostSeconds: 60,
    started: completed,
    completed,
    stoppedAt: {},
    failed: 0,
    durationMs: latencyAround(medianMs, completed),
    ...changes,
  };
}

/** What the script of such a run has sent beside its endpoints. */
export const BESIDES: EndpointSummary = {
  id: NOT_DECLARED,
  path: NOT_DECLARED,
  category: 'Not declared',
  ...measured({ ok: 30 }, 12),
};

const JOURNEYS: readonly JourneySummary[] = [
  journeySummary('browse', 700, { weight: 70, endpoints: ['list'], medianMs: 400 }),
  journeySummary('buy', 240, {
    weight: 30,
    started: 309,
    stoppedAt: { list: 4, order: 60 },
    failed: 2,
    medianMs: 1500,
  }),
  journeySummary('return', 0, { weight: 1 }),
];

const BUDGETS: Budgets = {
  overall: { okP95Ms: 500 },
  everyEndpoint: {},
  endpoints: {},
  everyJourney: { okP95Ms: 3000, completedShare: 0.99 },
  journeys: { buy: { okP95Ms: 4000, perSecond: 3 }, return: { completedShare: { limit: 0.5, level: 'warn' } } },
  custom: { basket_size: { p95: 20 }, sold: { countAtLeast: 100 }, sold_out: { countAtMost: 0 } },
};

const CUSTOM: CustomFigures = {
  checks: [],
  figures: [
    {
      metric: 'basket_size',
      kind: 'trend',
      isTime: false,
      values: { count: 240, avg: 8, min: 1, 'p(50)': 7, max: 31, 'p(90)': 19, 'p(95)': 22, 'p(99)': 30 },
    },
    { metric: 'queue', kind: 'gauge', isTime: false, values: { value: 3, min: 0, max: 9 } },
    { metric: 'sold', kind: 'counter', isTime: false, values: { count: 480, rate: 7.8 }, samples: 240 },
  ],
};

/** A run of a shop in which not everything goes well. */
export function journeyRun(changes: Partial<RunSummary> = {}): RunSummary {
  const cause = { outcome: 'client_error', status: 409, count: 60 } as const;
  const endpoints = [
    endpointSummary('list', { outcomes: { ok: 1005, server_error: 4 }, okMedianMs: 20, category: 'Orders' }),
    {
      ...endpointSummary('order', { outcomes: { ok: 242, client_error: 60 }, method: 'POST', category: 'Orders' }),
      causes: [cause],
    },
    BESIDES,
  ];
  const thresholds = [
    ...thresholdsOf(BUDGETS, ['list', 'order']),
    ...journeyThresholdsOf(
      BUDGETS,
      JOURNEYS.map(({ name }) => name),
    ),
    ...customThresholdsOf(BUDGETS),
  ];
  const load = loadRecord({
    plan: { shoppers: { kind: 'constant-arrivals', ratePerSecond: 20, durationSeconds: 60, expectedLatencyMs: 1000 } },
    model: 'open',
    requestsPerSecond: 1341 / 61.5,
    plannedIterations: 1200,
    iterations: { completed: 1004, dropped: 190, failed: 2, interrupted: 3 },
  });
  return runSummary(measuredRun(endpoints, { scenario: 'shop', thresholds, load, journeys: JOURNEYS, atRest: [] }), {
    custom: CUSTOM,
    ...changes,
  });
}
