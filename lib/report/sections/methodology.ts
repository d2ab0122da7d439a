import type { Block, Text } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  facts,
  left,
  list,
  numberCell,
  rateCell,
  right,
  table,
} from '../../core/spec/document/cells.ts';
import { formatCount, formatDuration } from '../../core/spec/units.ts';
import type { Report } from '../model/report.ts';
import type { RunRow } from '../model/runs.ts';

const MODELS = {
  closed:
    'Closed model: a fixed number of users, each waiting for its response before the next request. A slow service then receives less load, so its latency looks better than independent users would see (coordinated omission).',
  open: 'Open model: requests arrive at their rate whatever the service does. A slow service does not slow the load down, so the latencies are what independent users see.',
  mixed:
    'Both models at once: some users wait for their responses, other requests arrive at their rate whatever the service does.',
} as const;

const JUDGED_ON = {
  'k6-verdict':
    'Every latency threshold is judged on successful responses: those with a status that their endpoint expects.',
  k6: 'A threshold of k6 is judged on what it names: http_req_duration is of all requests, failed ones too, and http_req_duration{expected_response:true} of those that k6 expected.',
} as const;

/** How the figures came to be, and of what. */
export function methodologyBlocks({ methodology, runs }: Report): Block[] {
  const { timeoutsMs, models, requestsAtRest, judgedBy } = methodology;
  const statements: Text[] = [
    ...models.map((model) => MODELS[model]),
    requestsAtRest > 0
      ? `Unloaded baseline: before the load, one user sent each endpoint with a safe method up to ${requestsAtRest} counted requests, after one that was discarded. These are in no total, percentile or threshold.`
      : 'Unloaded baseline: not measured.',
    'Percentiles are interpolated linearly between the two nearest responses, as k6 does. Those of several runs together come from their combined distributions. “Few” samples: fewer than 20 responses lie beyond the percentile.',
    `Latency is the time from sending a request to the end of its response.${timeoutsText(timeoutsMs)} ${judgedBy.map((judge) => JUDGED_ON[judge]).join(' ')}`,
    'A 429 is expected from an endpoint that declares a rate limit, and is excluded from its success rate. From any other endpoint it counts as a failure.',
  ];
  return [...(runs.length > 1 ? [scenarioTable(runs)] : runs.map(deliveryFacts)), ...list(statements)];
}

function timeoutsText(timeoutsMs: readonly number[]): string {
  return timeoutsMs.length === 0
    ? ''
    : ` A request times out after ${timeoutsMs.map((ms) => formatDuration(ms / 1000)).join(' or ')}.`;
}

function deliveryFacts(run: RunRow): Block {
  const { planned, delivered, interrupted, iterationsAre = 'iterations' } = run;
  const count = (of: number | undefined) => (of === undefined ? undefined : formatCount(of));
  return facts(
    ['Load', run.load.join('; ') || 'not known'],
    [`Planned ${iterationsAre}`, count(planned)],
    [`Delivered ${iterationsAre}`, count(delivered)],
    [`Interrupted ${iterationsAre}`, count(interrupted)],
  );
}

function scenarioTable(runs: Report['runs']): Block {
  const hasInterrupted = runs.some(({ interrupted }) => interrupted !== undefined);
  const areJourneys = runs.every(({ iterationsAre }) => iterationsAre !== undefined);
  return table(
    'Scenarios of this test',
    [
      ...left('Scenario', 'Users and pattern'),
      ...right(
        areJourneys ? 'Planned journeys' : 'Planned iterations',
        'Delivered',
        ...(hasInterrupted ? ['Interrupted'] : []),
        'Requests',
        'Duration',
        'Throughput',
      ),
    ],
    runs.map((run) => [
      cell(`${run.scenario}${run.plan === undefined ? '' : ` (${run.plan})`}`),
      cell(run.load.join('; ') || 'not known'),
      countCell(run.planned),
      countCell(run.delivered),
      ...(hasInterrupted ? [countCell(run.interrupted)] : []),
      countCell(run.requests),
      numberCell(run.loadSeconds, formatDuration),
      rateCell(run.requestsPerSecond),
    ]),
  );
}
