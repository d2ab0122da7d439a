import { describe, expect, it } from 'vitest';
import { linesOf, recordLines } from '../../../testing/record-lines.ts';
import { requestSample, secondsOf } from '../../../testing/record-of-run.ts';
import { metricsOfRecord, type RecordedTest } from './metrics-of-record.ts';
import { readRecord } from './read-record.ts';

type Samples = Parameters<typeof secondsOf>[0];

function metricsOf(samples: Samples, test: Partial<RecordedTest> = {}) {
  const text = recordLines({ start: { atMs: 0 }, periods: secondsOf(samples) });
  return metricsOfRecord(readRecord(text.split('\n')), { endpoints: [{ id: 'a' }, { id: 'b' }], ...test });
}

const failed = (endpoint: string, status: string, tags = {}) =>
  requestSample(endpoint, 3, { status, expected_response: 'false', error_code: `1${status}`, ...tags });
const noReply = (endpoint: string, error_code: string, error: string) =>
  requestSample(endpoint, 0, { status: '0', expected_response: 'false', error_code, error });

describe('the metrics of a record', () => {
  it('count each request of the load once, by its endpoint and outcome', () => {
    const metrics = metricsOf([
      [requestSample('a', 10), requestSample('b', 20), failed('a', '503')],
      [failed('a', '404'), failed('a', '503'), noReply('b', '1050', 'request timeout'), noReply('b', '1000', 'EOF')],
    ]);
    expect(metrics['http_req_duration{phase:load}']?.values).toMatchObject({ count: 7, min: 0, max: 20 });
    expect(metrics['http_req_duration{expected_response:true,phase:load}']?.values).toMatchObject({
      count: 2,
      avg: 15,
    });
    expect(metrics['http_req_duration{endpoint:a}']?.values.count).toBe(4);
    expect(metrics['http_req_duration{endpoint:a,expected_response:true}']?.values.count).toBe(1);
    expect(metrics['outcome_server_error{endpoint:a}']?.values.count).toBe(2);
    expect(metrics['outcome_not_found{endpoint:a}']?.values.count).toBe(1);
    expect(metrics['outcome_timeout{endpoint:b}']?.values.count).toBe(1);
    expect(metrics['outcome_reset{endpoint:b}']?.values.count).toBe(1);
    expect(metrics.outcome_server_error?.values.count).toBe(2);
    expect(metrics.http_reqs?.values.count).toBe(7);
    expect(metrics.http_req_failed?.values).toEqual({ rate: 5 / 7, passes: 5, fails: 2 });
  });

  it('leave requests at rest and of the warm-up out of the load, and in what k6 says of all requests', () => {
    const atRest = { ...requestSample('x', 1), tags: { at_rest: 'a', status: '200', expected_response: 'true' } };
    const warmUp = { ...requestSample('x', 1), tags: { warm_up: 'a', status: '200', expected_response: 'true' } };
    const metrics = metricsOf([[atRest, warmUp, requestSample('a', 10)]]);
    expect(metrics['http_req_duration{phase:load}']?.values.count).toBe(1);
    expect(metrics['http_req_duration{endpoint:a}']?.values.count).toBe(1);
    expect(metrics.http_req_duration?.values.count).toBe(3);
  });

  it('give a row to requests of the load that belong to no endpoint', () => {
    const own = { ...requestSample('', 30), tags: { phase: 'load', status: '200', expected_response: 'true' } };
    const before = { ...own, tags: { status: '200', expected_response: 'true' } };
    const failing = { ...own, tags: { phase: 'load', status: '500', expected_response: 'false', error_code: '1500' } };
    const samples = [[before, own, own, failing, requestSample('a', 10)]];
    const checked = { metric: 'ok_duration', value: 10, tags: { endpoint: 'a', phase: 'load' } };
    const metrics = metricsOf(samples);
    expect(metrics['http_req_duration{endpoint:not declared}']?.values.count).toBe(3);
    expect(metrics['http_req_duration{endpoint:not declared,expected_response:true}']?.values.count).toBe(2);
    expect(metrics['outcome_server_error{endpoint:not declared}']?.values.count).toBe(1);
    const whereChecked = metricsOf([[...samples.flat(), checked]], { checksContent: true });
    expect(whereChecked.ok_duration?.values).toMatchObject({ count: 3, max: 30 });
    expect(whereChecked['http_req_duration{endpoint:not declared,expected_response:true}']?.values.count).toBe(2);
  });

  it('take what is ok from the script where contents are checked', () => {
    const ok = { metric: 'ok_duration', value: 10, tags: { endpoint: 'a', phase: 'load' } };
    const wrong = { metric: 'outcome_check_failed', kind: 'counter', value: 1, tags: ok.tags } as const;
    const metrics = metricsOf([[requestSample('a', 10), ok, requestSample('a', 12), wrong]], { checksContent: true });
    expect(metrics['ok_duration{endpoint:a}']?.values).toMatchObject({ count: 1, max: 10 });
    expect(metrics['outcome_check_failed{endpoint:a}']?.values.count).toBe(1);
    expect(metrics['http_req_duration{endpoint:a}']?.values.count).toBe(2);
    expect(metrics).not.toHaveProperty(['http_req_duration{endpoint:a,expected_response:true}']);
  });

  it('keep outcomes that the script counts where k6 has no request: a WebSocket', () => {
    const refused = { metric: 'outcome_refused', kind: 'counter', value: 1, tags: { endpoint: 'a' } } as const;
    expect(metricsOf([[refused]])['outcome_refused{endpoint:a}']?.values.count).toBe(1);
  });

  it('are not counted twice where the script counts them as well, so that a limit on them can end the run', () => {
    const counted = { metric: 'outcome_server_error', kind: 'counter', value: 1, tags: { endpoint: 'a' } } as const;
    const metrics = metricsOf([[failed('a', '503'), counted]]);
    expect(metrics['outcome_server_error{endpoint:a}']?.values.count).toBe(1);
    expect(metrics.outcome_server_error?.values.count).toBe(1);
  });

  it('are those of the script as a whole, and by each of its tags', () => {
    const step = (value: number, of: string) => ({ metric: 'step_ok', value, tags: { step: of, phase: 'load' } });
    const rate = { metric: 'mine', kind: 'rate', value: 1, tags: { check: 'is it?' } } as const;
    const users = { metric: 'vus', kind: 'gauge', value: 7 } as const;
    const metrics = metricsOf([
      [step(1, '0'), step(3, '1'), rate, users],
      [
        { ...rate, value: 0 },
        { ...users, value: 2 },
      ],
    ]);
    expect(metrics.step_ok?.values).toMatchObject({ count: 2, avg: 2 });
    expect(metrics['step_ok{step:1}']?.values).toMatchObject({ count: 1, max: 3 });
    expect(metrics['step_ok{phase:load}']?.values.count).toBe(2);
    expect(metrics['mine{check:is it?}']).toMatchObject({ type: 'rate', values: { rate: 0.5, passes: 1, fails: 1 } });
    expect(metrics.vus).toMatchObject({ type: 'gauge', values: { value: 2, min: 2, max: 7 } });
  });

  it('of a run without requests hold none', () => {
    expect(metricsOf([[{ metric: 'vus', kind: 'gauge', value: 1 }]])).not.toHaveProperty('http_req_duration');
    expect(linesOf({}).length).toBe(2);
  });
});
