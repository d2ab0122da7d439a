import { describe, expect, it } from 'vitest';
import { k6Metric, readMetrics } from '../../testing/k6-files.ts';

const { counter, rate, time, trend } = k6Metric;
const EVERY_RUN = { iterations: counter(5), iteration_duration: time({ avg: 1010, max: 1050 }) };
const TIMES = { avg: 4, min: 1, med: 3, max: 85, 'p(95)': 6 };

describe('a run without HTTP is judged by its thresholds:', () => {
  it.each<[string, Record<string, unknown>]>([
    ['gRPC', { grpc_req_duration: time({ ...TIMES, count: 600 }, { 'p(95)<50': true }) }],
    ['WebSocket', { ws_sessions: counter(4, { 'count==4': true }), ws_connecting: time(TIMES, { 'p(95)<100': true }) }],
    [
      'a browser, whose page has a layout shift of 0',
      {
        browser_web_vital_lcp: time(TIMES, { 'p(95)<4000': true }),
        browser_web_vital_cls: trend({ avg: 0, min: 0, med: 0, max: 0, 'p(95)': 0 }, { 'p(95)<0.1': true }),
        browser_http_req_failed: rate(0, 45, { 'rate<0.01': true }),
      },
    ],
    ['an extension', { kafka_written: counter(900, { 'count>=900': true }) }],
    ['checks', { checks: rate(15, 0, { 'rate==1': true }) }],
  ])('%s', (_what, metrics) => {
    const run = readMetrics({ ...EVERY_RUN, ...metrics });
    expect(run).toMatchObject({ verdict: 'pass', totals: { requests: 0 } });
    expect(run.lacks).toContainEqual(expect.stringMatching(/^There was no HTTP request in this run: /));
  });

  it('also where one is crossed', () => {
    const run = readMetrics({ ...EVERY_RUN, grpc_req_duration: time(TIMES, { 'p(95)<5': false }) });
    expect(run).toMatchObject({ verdict: 'fail', reasons: ['p(95) of grpc_req_duration: 6.0 ms, must be < 5 ms'] });
  });
});

it('a run that did nothing but turn is not judged', () => {
  const turned = { ...EVERY_RUN, iteration_duration: time({ avg: 1, 'p(95)': 2 }, { 'p(95)<1000': true }) };
  expect(readMetrics(turned)).toMatchObject({ verdict: 'no_data', reasons: ['no request was counted'] });
});

it('a layout shift of 0 without any page is none', () => {
  const cls = trend({ avg: 0, 'p(95)': 0 }, { 'p(95)<0.1': true });
  const grpc = { grpc_req_duration: time(TIMES) };
  expect(readMetrics({ ...EVERY_RUN, ...grpc, browser_web_vital_cls: cls }).thresholds[0]?.verdict).toBe('no_data');
});
