import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowBudgets } from '../../core/judge/script/script-budgets.ts';
import { recordLines } from '../../testing/record-lines.ts';
import { recordOfTest, requestSample, secondsOf, testInRecord } from '../../testing/record-of-run.ts';
import { LiveRecord } from './live-record.ts';
import { stretchBetween } from './request-tally.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-live-'));
  file = path.join(folder, 'record.ndjson');
});

afterEach(() => rmSync(folder, { recursive: true }));

const failed = (status: string) =>
  requestSample('list', 3, { status, expected_response: 'false', error_code: `1${status}` });

/** The lines of a record of a second for each of these, without its end. */
function linesOfTest(seconds: Parameters<typeof secondsOf>[0], changes: Parameters<typeof testInRecord>[1] = {}) {
  const record = recordOfTest(testInRecord(['list'], changes), secondsOf(seconds), { end: false });
  const [start = '', ...others] = record.trimEnd().split('\n');
  // The recorder notes the beginning of the load before the first period.
  const sample = others.pop() ?? '';
  return [start, sample, ...others].map((line) => `${line}\n`);
}

function whole(record: LiveRecord) {
  const tally = record.look();
  return tally && stretchBetween(record.beginning(), tally);
}

describe('a record that grows', () => {
  it('says nothing before it is there', () => expect(new LiveRecord(file).look()).toBeUndefined());

  it('counts each request once, also those of a period that is written anew until it is over', () => {
    const lines = linesOfTest([
      [requestSample('list', 10), failed('503')],
      [requestSample('list', 30), failed('429')],
    ]);
    const record = new LiveRecord(file);
    for (let i = 1; i <= lines.length; i += 1) {
      writeFileSync(file, lines.slice(0, i).join(''));
      record.look();
    }
    expect(whole(record)).toMatchObject({ seconds: 2, requests: 4, failed: 1, limited: 1 });
    expect(whole(record)).toMatchObject({ requests: 4 });
    // The open period has become longer, and then another one is behind it.
    const [longer = ''] = linesOfTest([
      [requestSample('list', 10), failed('503')],
      [requestSample('list', 30), requestSample('list', 40), failed('429')],
    ]).slice(-1);
    writeFileSync(file, [...lines.slice(0, -1), longer].join(''));
    expect(whole(record)).toMatchObject({ requests: 5, failed: 1 });
    appendFileSync(file, longer);
    expect(whole(record)).toMatchObject({ requests: 8, limited: 2 });
  });

  it('is looked at again where k6 is just writing', () => {
    const lines = linesOfTest([[requestSample('list', 10)], [requestSample('list', 10)]]);
    writeFileSync(file, lines.join(''));
    truncateSync(file, lines.join('').length - 20);
    const record = new LiveRecord(file);
    expect(record.look()).toBeUndefined();
    writeFileSync(file, `${lines.slice(0, -1).join('')}{"type":"period"}]]}}\n`);
    expect(record.look()).toBeUndefined();
    writeFileSync(file, lines.join(''));
    expect(whole(record)).toMatchObject({ requests: 2, failed: 0 });
  });

  it('has the p95 of successful responses between two moments, and of nothing else', () => {
    const fast = Array.from({ length: 100 }, () => requestSample('list', 10));
    const slow = Array.from({ length: 100 }, () => requestSample('list', 200));
    const lines = linesOfTest([fast, [...slow, failed('503')]]);
    const record = new LiveRecord(file);
    writeFileSync(file, lines.slice(0, -1).join(''));
    const before = record.look() ?? expect.fail();
    writeFileSync(file, lines.join(''));
    const now = record.look() ?? expect.fail();
    expect(stretchBetween(record.beginning(), before).okP95Ms).toBeCloseTo(10, 0);
    const { okP95Ms, ...counts } = stretchBetween(before, now);
    expect(counts).toEqual({ seconds: 1, requests: 101, failed: 1, limited: 0 });
    expect(Math.abs((okP95Ms ?? 0) / 200 - 1)).toBeLessThan(0.01);
  });

  it('takes for successful, where contents are checked, what the script found so', () => {
    const checked = { metric: 'ok_duration', value: 25, tags: { endpoint: 'list', phase: 'load' } };
    const wrong = { metric: 'outcome_check_failed', kind: 'counter', value: 1, tags: { endpoint: 'list' } } as const;
    const both = [requestSample('list', 25), checked, requestSample('list', 900), wrong];
    writeFileSync(file, linesOfTest([both], { checksContent: true }).join(''));
    const { okP95Ms, ...counts } = whole(new LiveRecord(file)) ?? expect.fail();
    expect(counts).toMatchObject({ requests: 2, failed: 1 });
    expect(okP95Ms).toBeCloseTo(25, 0);
  });

  it('knows when the load begins, and leaves out what was before it', () => {
    const atRest = { ...requestSample('list', 1), tags: { at_rest: 'list', status: '200', expected_response: 'true' } };
    const lines = linesOfTest([[atRest, requestSample('list', 10)]]);
    writeFileSync(file, lines.join(''));
    const record = new LiveRecord(file);
    expect(whole(record)).toMatchObject({ requests: 1 });
    expect(record.loadStartsAtMs).toBe(record.beginning().atMs);
  });

  it('goes without figures where it is no record of ours', () => {
    writeFileSync(file, '{"type":"period","fromMs":0,"toMs":1,"series":{}}\n{"type":"series"}\n');
    expect(new LiveRecord(file).look()).toBeUndefined();
  });
});

describe('the limits that a run is beyond so far', () => {
  const thresholds = [
    { metric: 'successShare', limit: 0.99 },
    { metric: 'okP95Ms', limit: 500, endpoint: 'list' },
    { metric: 'okReplies', limit: 1000, endpoint: 'list' },
  ] as const;

  it('are named as soon as their period is over; what only has to grow is judged at the end', () => {
    const lines = linesOfTest([[requestSample('list', 10), failed('503')], [requestSample('list', 10)]], {
      thresholds,
    });
    writeFileSync(file, lines.join(''));
    const record = new LiveRecord(file);
    record.look();
    expect(record.crossed).toEqual([expect.stringMatching(/^success/)]);
  });

  it('are none of a question: its answer comes at the end', () => {
    const study = { kind: 'pool' } as never;
    const lines = linesOfTest([[failed('503')], [failed('503')]], { thresholds, study });
    writeFileSync(file, lines.join(''));
    const record = new LiveRecord(file);
    record.look();
    expect(record.crossed).toEqual([]);
  });

  it('of a script are those that k6 would find crossed', () => {
    const sample = { metric: 'http_req_duration', value: 900, tags: { status: '200', scenario: 'default', row: '/' } };
    const thresholdsOfScript = ['p(95)<500', 'max<1000', 'count>100'].map((source) => ({
      ...{ metric: 'http_req_duration', source, abortOnFail: false },
    }));
    const periods = secondsOf([[sample], [sample]]);
    const atMs = periods[0]?.fromMs ?? 0;
    writeFileSync(file, recordLines({ start: { atMs, thresholds: thresholdsOfScript }, periods, end: false }));
    const record = new LiveRecord(file);
    record.look();
    expect(record.crossed).toEqual(['http_req_duration: p(95)<500']);
  });

  describe('of what a project asks of a script', () => {
    const slow = { metric: 'http_req_duration', value: 900, tags: { status: '200', scenario: 'default', row: 'pay' } };
    const periods = secondsOf([[slow], [slow]]);
    const waiver = { reason: 'SHOP-1', until: '2999-12-31' };
    const test = { runId: 'run', name: 'shop', file: 'shop.js', sha256: 'a', allowedHosts: [] };

    function lookedAt(budgets: RowBudgets) {
      const atMs = periods[0]?.fromMs ?? 0;
      writeFileSync(file, recordLines({ start: { atMs, test: { ...test, budgets } }, periods, end: false }));
      const record = new LiveRecord(file);
      record.look();
      return record.crossed;
    }

    it('are named, of all requests and of a row, also where the script has none of its own', () => {
      const crossed = lookedAt({ overall: { okP95Ms: 500 }, endpoints: { pay: { okP95Ms: 600 } } });
      expect(crossed).toEqual([expect.stringMatching(/^p95/), expect.stringMatching(/^pay: p95/)]);
    });

    it('are none that the verdict would let pass: waived, only to grow, never met, or held', () => {
      const crossed = lookedAt({
        overall: { okP95Ms: { limit: 500, waiver }, okReplies: 1000 },
        endpoints: { refund: { okP95Ms: 1 }, pay: { okP95Ms: 1000 } },
      });
      expect(crossed).toEqual([]);
    });
  });

  it('are none where only a warm-up was beyond them', () => {
    const warmUp = { ...failed('503'), tags: { warm_up: 'list', status: '503', expected_response: 'false' } };
    writeFileSync(file, linesOfTest([[warmUp], [warmUp], [requestSample('list', 10)]], { thresholds }).join(''));
    const record = new LiveRecord(file);
    record.look();
    expect(record.crossed).toEqual([]);
  });
});
