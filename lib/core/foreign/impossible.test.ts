import { describe, expect, it } from 'vitest';
import { k6Metric, readMetrics } from '../../testing/k6-files.ts';

const { counter, rate, time, trend, gauge } = k6Metric;
const TIMES = { min: 1, avg: 9, med: 8, max: 50, 'p(90)': 20, 'p(95)': 25 };
const SOUND = {
  http_reqs: counter(50),
  http_req_failed: rate(1, 49, { 'rate<0.1': true }),
  http_req_duration: time(TIMES, { 'p(95)<500': true }),
  iterations: counter(50),
};
const readWith = (changes: Record<string, unknown>) => readMetrics({ ...SOUND, ...changes });

it('a sound file has nothing that cannot be', () => {
  expect(readWith({})).toMatchObject({ verdict: 'pass', k6: { impossible: [] } });
});

describe('what cannot be is said, and nothing that hangs on it passes:', () => {
  const failed = (values: Record<string, number>) => ({
    http_req_failed: { ...SOUND.http_req_failed, values },
  });
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a rate above 1', failed({ rate: 1.5, passes: 1, fails: 49 }), /^http_req_failed: a rate of 1\.5, which is not/],
    ['a rate below 0', failed({ rate: -0.1, passes: 1, fails: 49 }), /a rate of -0\.1, which is not between 0 and 1/],
    ['another rate', failed({ rate: 0.001, passes: 9, fails: 41 }), /a rate of 0\.001, but 9 of 50 samples/],
    ['passes below 0', failed({ rate: 0, passes: -3, fails: 49 }), /passes is -3, which is below 0/],
    ['more judged than sent', failed({ rate: 0, passes: 0, fails: 90 }), /90 samples, more than the 50 of http_reqs/],
    ['a count below 0', { http_reqs: counter(-50) }, /^http_reqs: count is -50, which is below 0/],
    ['more than can be counted', { http_reqs: counter(1e300) }, /count is 1e\+300, which is more than can be counted/],
    [
      'another rate per second',
      { http_reqs: { ...counter(50), values: { count: 50, rate: 5000 } } },
      /^http_reqs: a rate of 5000 per second, but 50 in 10 s/,
    ],
    ['more of a part', { 'http_reqs{name:a}': counter(51) }, /^http_reqs\{name:a\}: 51 samples, more than the 50/],
    ['half a request', { http_reqs: counter(50.5) }, /count is 50\.5, which is no whole number/],
    ['p95 above max', { http_req_duration: time({ ...TIMES, max: 20 }) }, /p\(95\) is 25, more than max, which is 20/],
    ['p95 below p90', { http_req_duration: time({ ...TIMES, 'p(95)': 10 }) }, /p\(90\) is 20, more than p\(95\)/],
    ['a mean above max', { http_req_duration: time({ ...TIMES, avg: 99 }) }, /avg is 99, which is not between/],
    ['a time below 0', { http_req_duration: time({ ...TIMES, min: -1 }) }, /a time below 0/],
    [
      'what is no number',
      { http_req_duration: { ...SOUND.http_req_duration, values: { 'p(95)': null } } },
      /p\(95\) is not a number/,
    ],
  ])('%s', (_case, changes, text) => {
    const run = readWith(changes);
    expect(run.k6?.impossible).toContainEqual(expect.stringMatching(text));
    expect(run.lacks).toContainEqual(expect.stringMatching(/^The file holds what cannot be: /));
    expect(run.verdict).not.toBe('pass');
    expect(run.reasons.join('\n')).toMatch(/cannot be/);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a status that is none', { 'http_reqs{status:1500}': counter(1) }, /no response can have this status/],
    ['users below 0', { vus: gauge(-1) }, /^vus: a value below 0/],
    ['a figure of the script', { my_rate: { type: 'rate', values: { rate: 7, passes: 7, fails: 0 } } }, /a rate of 7/],
  ])('%s', (_case, changes, text) => {
    expect(readWith(changes).k6?.impossible).toContainEqual(expect.stringMatching(text));
  });
});

it.each<[string, Record<string, unknown>]>([
  ['a balance below 0', { balance: trend({ min: -5, avg: -1, max: 3 }) }],
  ['a counter that counts down', { stock: counter(-3) }],
  ['a rate that was rounded', { http_reqs: { ...counter(50), values: { count: 50, rate: 5.1 } } }],
  ['rounded figures', { http_req_duration: time({ ...TIMES, 'p(95)': 20, 'p(90)': 20.01 }, { 'p(95)<500': true }) }],
  ['figures of 0', { quiet: rate(0, 0), silent: time({ min: 0, avg: 0, max: 0, 'p(95)': 0 }) }],
])('%s can be', (_case, changes) => {
  expect(readWith(changes)).toMatchObject({ verdict: 'pass', k6: { impossible: [] } });
});
