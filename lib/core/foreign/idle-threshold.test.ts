import { describe, expect, it } from 'vitest';
import { k6Metric, readMetrics } from '../../testing/k6-files.ts';

const { counter, rate, gauge, time, trend } = k6Metric;
const TIMES = { min: 1, avg: 9, med: 8, max: 50, 'p(95)': 25 };
const SENT = { http_reqs: counter(50), http_req_failed: rate(30, 20), http_req_duration: time(TIMES) };

const verdictOf = (metrics: Record<string, unknown>) => {
  const { thresholds } = readMetrics({ ...SENT, ...metrics });
  expect(thresholds).toHaveLength(1);
  return thresholds[0]?.verdict;
};

describe('nothing can cross', () => {
  it.each<[metric: string, expression: string, value: (held: Record<string, boolean>) => unknown]>([
    ['http_req_duration', 'max>=0', (held) => time(TIMES, held)],
    ['http_req_duration', 'p(95)>=0', (held) => time(TIMES, held)],
    ['http_req_duration', 'avg>-1', (held) => time(TIMES, held)],
    ['http_req_duration', 'min>=0', (held) => time(TIMES, held)],
    ['http_req_duration', 'max>0', (held) => time(TIMES, held)],
    ['http_req_duration', 'max<999999', (held) => time(TIMES, held)],
    ['http_req_duration', 'med!=-1', (held) => time(TIMES, held)],
    ['http_req_duration{name:list}', 'max>=0', (held) => time(TIMES, held)],
    ['http_req_duration{name:never-asked}', 'max>=0', (held) => time({ max: 0, 'p(95)': 0 }, held)],
    ['http_req_failed', 'rate>=0', (held) => rate(30, 20, held)],
    ['http_req_failed', 'rate<=1', (held) => rate(30, 20, held)],
    ['http_req_failed', 'rate<1.01', (held) => rate(30, 20, held)],
    ['http_req_failed', 'rate>-0.5', (held) => rate(30, 20, held)],
    ['http_req_failed', 'rate!=2', (held) => rate(30, 20, held)],
    ['checks', 'rate>=0', (held) => rate(20, 30, held)],
    ['http_reqs', 'count>=0', (held) => counter(50, held)],
    ['http_reqs', 'rate>=0', (held) => counter(50, held)],
    ['http_reqs', 'rate>0.0001', (held) => counter(50, held)],
    ['http_reqs', 'count!=0.5', (held) => counter(50, held)],
    ['http_reqs', 'count<999999999', (held) => counter(50, held)],
    ['http_reqs{name:list}', 'count>=1', (held) => counter(50, held)],
    ['http_reqs{name:list}', 'count>0', (held) => counter(50, held)],
    ['http_reqs{status:200}', 'count>=0', (held) => counter(20, held)],
    ['iterations', 'count>=1', (held) => counter(50, held)],
    ['iteration_duration', 'max>=0', (held) => time(TIMES, held)],
    ['data_received', 'count>=0', (held) => counter(50, held)],
    ['vus', 'value>=0', (held) => gauge(5, held)],
    ['vus_max', 'value>0', (held) => gauge(5, held)],
    ['stock_level', 'value>=0', (held) => gauge(5, held)],
    ['orders_placed', 'count>=0', (held) => counter(5, held)],
    ['stream_lag', 'max>=0', (held) => trend(TIMES, held)],
    ['stream_lag', 'p(99)>=-1', (held) => trend(TIMES, held)],
    ['stream_lag', 'avg<1e300', (held) => trend(TIMES, held)],
  ])('%s: %s', (metric, expression, value) => {
    expect(verdictOf({ [metric]: value({ [expression]: true }) })).toBe('idle');
    const run = readMetrics({ ...SENT, [metric]: value({ [expression]: true }) });
    expect(run.verdict).toBe('no_data');
    expect(run.reasons[0]).toMatch(/^no threshold here can be crossed: each one holds whatever the service does \(/);
  });
});

describe('something can cross', () => {
  it.each<[metric: string, expression: string, value: (held: Record<string, boolean>) => unknown]>([
    ['http_req_duration', 'p(95)<500', (held) => time(TIMES, held)],
    ['http_reqs', 'rate>0.2', (held) => counter(50, held)],
    ['http_req_duration', 'max<60000', (held) => time(TIMES, held)],
    ['http_req_failed', 'rate<1', (held) => rate(30, 20, held)],
    ['http_req_failed', 'rate<0.99', (held) => rate(30, 20, held)],
    ['checks', 'rate>0', (held) => rate(20, 30, held)],
    ['http_reqs', 'count>=2', (held) => counter(50, held)],
    ['http_reqs', 'rate>0.1', (held) => counter(50, held)],
    ['http_reqs{status:200}', 'count>0', (held) => counter(50, held)],
    ['orders_placed', 'count>0', (held) => counter(5, held)],
    ['ws_sessions', 'count==4', (held) => counter(4, held)],
    ['balance', 'min>=0', (held) => trend(TIMES, held)],
    ['balance', 'max>=0', (held) => trend({ ...TIMES, min: -3 }, held)],
    ['stock_level', 'value>=1', (held) => gauge(5, held)],
  ])('%s: %s', (metric, expression, value) => {
    expect(verdictOf({ [metric]: value({ [expression]: true }) })).toBe('pass');
  });

  it('a duration of minutes, where the run was longer still', () => {
    const limit = { iteration_duration: time(TIMES, { 'max<1800000': true }) };
    const verdictIn = (testRunDurationMs: number) =>
      readMetrics({ ...SENT, ...limit }, { state: { testRunDurationMs } }).thresholds[0]?.verdict;
    expect(verdictIn(60_000)).toBe('idle');
    expect(verdictIn(3_600_000)).toBe('pass');
  });

  it('whatever k6 found crossed', () => {
    expect(verdictOf({ 'http_reqs{name:list}': counter(50, { 'count>=0': false }) })).toBe('fail');
  });
});

it('beside one that decides, idle ones are no reason and no proof', () => {
  const idle = { 'http_req_duration{expected_response:false}': time({ max: 0 }, { 'max>=0': true }) };
  const run = readMetrics({ ...SENT, ...idle, http_req_duration: time(TIMES, { 'p(95)<500': true }) });
  expect(run).toMatchObject({
    verdict: 'pass',
    reasons: ['1 of 2 thresholds hold; of the others 1 cannot be crossed'],
  });
});
