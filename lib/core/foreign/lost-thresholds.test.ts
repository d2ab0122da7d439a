import { describe, expect, it } from 'vitest';
import { k6Metric, readMetrics } from '../../testing/k6-files.ts';

const { counter, rate, time } = k6Metric;
const SOUND = {
  http_reqs: counter(50),
  http_req_failed: rate(0, 50),
  http_req_duration: time({ min: 200, avg: 250, med: 240, max: 400, 'p(95)': 300 }, { 'p(95)<500': true }),
  iterations: counter(50),
};

it('the thresholds of a sound file decide', () => {
  expect(readMetrics(SOUND)).toMatchObject({ verdict: 'pass' });
});

describe('a threshold that cannot be read does not pass beside one that holds:', () => {
  const { values } = SOUND.http_req_failed;
  it.each<[string, unknown]>([
    ['without a word of k6', { type: 'rate', values, thresholds: { 'rate<0.01': null } }],
    ['that is a text', { type: 'rate', values, thresholds: { 'rate<0.01': { ok: 'false' } } }],
    ['as another shape has it', { type: 'rate', values, thresholds: { 'rate<0.01': false } }],
    ['whose metric has no figures', { type: 'rate', thresholds: { 'rate<0.01': { ok: false } } }],
    ['whose metric is of an unknown kind', { type: 'histogram', values, thresholds: { 'rate<0.01': { ok: false } } }],
  ])('%s', (_case, errors) => {
    const { verdict, reasons } = readMetrics({ ...SOUND, errors });
    expect(verdict).toBe('no_data');
    expect(reasons).toEqual(['whether the threshold "rate<0.01" on errors holds cannot be read']);
  });

  it('in a list', () => {
    const { verdict, reasons } = readMetrics({ ...SOUND, errors: { type: 'rate', values, thresholds: ['rate<0.01'] } });
    expect({ verdict, reasons }).toEqual({ verdict: 'no_data', reasons: ['the thresholds of errors cannot be read'] });
  });

  it('as handleSummary has it, in an export', () => {
    const flat = {
      metrics: { ...exported(), errors: { passes: 1, fails: 1, value: 0.5, thresholds: { 'rate<1': {} } } },
    };
    expect(readMetrics(flat.metrics, {}, 'summary-export').verdict).toBe('no_data');
    expect(readMetrics(exported(), {}, 'summary-export').verdict).toBe('pass');
  });
});

function exported() {
  return {
    http_reqs: { count: 50, rate: 5 },
    http_req_failed: { passes: 0, fails: 50, value: 0 },
    http_req_duration: { ...SOUND.http_req_duration.values, thresholds: { 'p(95)<500': false } },
    iterations: { count: 50, rate: 5 },
  };
}

it('k6 keeps a metric twice whose tags are named in another order: neither threshold is lost', () => {
  const run = readMetrics({
    ...SOUND,
    'http_req_duration{a:1,b:2}': time(SOUND.http_req_duration.values, { 'p(95)<100': false }),
    'http_req_duration{b:2,a:1}': time(SOUND.http_req_duration.values, { 'p(95)<900': true }),
  });
  expect(run.verdict).toBe('fail');
  expect(run.k6Thresholds).toHaveLength(3);
});

describe('a percentile that is left out', () => {
  const judged = (thresholds: Record<string, boolean>) =>
    readMetrics({ ...SOUND, http_req_duration: time(SOUND.http_req_duration.values, thresholds) });
  it.each(['p(90)<100', 'p(99)<=299', 'p(10)>241', 'p(99)>=401'])('is crossed by those beside it: %s', (expression) => {
    expect(judged({ [expression]: true })).toMatchObject({
      verdict: 'fail',
      reasons: [expect.stringMatching(/: at (least|most) \d+ ms, must be /)],
    });
  });
  it.each(['p(90)<250', 'p(99)<301', 'p(10)>220'])('is as k6 says where they leave it open: %s', (expression) => {
    expect(judged({ [expression]: true }).verdict).toBe('pass');
  });
});
