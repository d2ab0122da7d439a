import { describe, expect, it } from 'vitest';
import { linesOf, type RawRecord, type RawSample } from '../../../testing/record-lines.ts';
import { partOf } from '../../judge/parts.ts';
import type { ScriptFacts } from '../../judge/script/script-facts.ts';
import { readRecord } from '../../measure/record/read-record.ts';
import { mergeScripts, type ScriptPart } from './merge-scripts.ts';
import { judgeScript, readScriptSummary, type ScriptCircumstances } from './script-run.ts';

interface Part extends Partial<Pick<ScriptCircumstances, 'k6ExitCode' | 'interrupted'>> {
  readonly samples: readonly RawSample[];
  readonly facts?: Partial<ScriptFacts>;
  readonly record?: Pick<RawRecord, 'end' | 'hosts'>;
  readonly thresholds?: readonly string[];
  readonly fromMs?: number;
}

const LIMIT = 100;
const ofRow = (row: string, ms: number, status = '200'): RawSample => ({
  metric: 'http_req_duration',
  value: ms,
  tags: { row, scenario: 'default', status, expected_response: String(status === '200') },
});
const users = (count: number): RawSample[] => [
  { metric: 'vus', kind: 'gauge', value: count },
  { metric: 'vus_max', kind: 'gauge', value: count },
];
const fingerprintOf = ({ script }: { readonly script: string }) => `sha256:${script.slice(0, 32)}`;

/** One of `of` processes, whose k6 has judged its own part. */
function part(
  instance: number,
  of: number,
  { samples, facts, record = {}, thresholds = ['p(95)<100'], ...rest }: Part,
) {
  const { fromMs = 0, ...circumstances } = rest;
  const given = thresholds.map((source) => ({ metric: 'http_req_duration', source }));
  const { end = {} } = record;
  const lines = linesOf({
    start: {
      atMs: fromMs,
      options: {
        scenarios: { default: { executor: 'constant-vus', vus: 4, duration: '1s' } },
        executionSegment: `${instance - 1}/${of}:${instance}/${of}`,
      },
      thresholds: given.map((each) => ({ ...each, abortOnFail: false })),
    },
    limits: [{ metric: 'http_req_duration', tags: {}, values: [LIMIT] }],
    periods: [{ fromMs, toMs: fromMs + 1000, samples }],
    ...record,
    end: end && {
      loadStartedAtMs: fromMs,
      loadEndedAtMs: fromMs + 1000,
      judged: given.map((each) => ({ ...each, failed: true })),
      ...end,
    },
  });
  const read = readRecord(
    lines.map((line) =>
      JSON.stringify(
        line.type === 'start'
          ? {
              ...line,
              test: { runId: 'run', name: 'shop', file: 'shop.js', sha256: 'a'.repeat(64), allowedHosts: [], ...facts },
            }
          : line,
      ),
    ),
  );
  const summary = judgeScript(read, read.test as ScriptFacts, {
    tool: { name: 'k6-verdict', version: '0.0.0' },
    startedAt: new Date(fromMs),
    endedAt: new Date(fromMs + 1500 + instance),
    k6Version: '2.2.0',
    k6ExitCode: 99,
    interrupted: 1,
    host: { platform: 'linux', arch: 'x64', cpuModel: 'any', cores: 2, memoryBytes: 1 },
    fingerprintOf,
    ...circumstances,
  });
  return { summary, record: read };
}

const merge = (...parts: readonly ScriptPart[]) => mergeScripts(parts, fingerprintOf);

describe('the k6 processes of one script', () => {
  const one = part(1, 2, {
    samples: [...[10, 20, 30].map((ms) => ofRow('a', ms)), ofRow('b', 5, '500'), ...users(2)],
    record: { hosts: [{ host: '127.0.0.1:80' }] },
  });
  const two = part(2, 2, {
    samples: [...[40, 99].map((ms) => ofRow('a', ms)), ofRow('c', 7), ...users(3)],
    record: { hosts: [{ host: '127.0.0.1:80' }, { host: '127.0.0.1:81' }] },
  });
  const merged = merge(two, one);

  it('add up in every count, and their percentiles are those of all requests', () => {
    expect(merged.endpoints.map(({ id, requests }) => [id, requests]).sort()).toEqual([
      ['a', 5],
      ['b', 1],
      ['c', 1],
    ]);
    expect(merged.totals).toMatchObject({ requests: 7, outcomes: { ok: 6, server_error: 1 } });
    expect(merged.totals.latencyMs.all).toMatchObject({ count: 7, min: 5, max: 99 });
    expect(merged.endpoints[0]?.latencyMs.all.p50).toBeCloseTo(30, 0);
    expect(merged.hosts).toEqual(['127.0.0.1:80', '127.0.0.1:81']);
    expect(merged.load).toMatchObject({ windowSeconds: 1, requestsPerSecond: 7, iterations: { interrupted: 2 } });
    expect(merged.load).toMatchObject({ mostUsers: 5, usersAtEnd: 5 });
    expect(merged.mergedFrom?.map(({ instance, requests }) => [instance, requests])).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it('are a whole run with the workload of each of them', () => {
    expect(merged.fingerprint).toBe(one.summary.fingerprint);
    expect(partOf(readScriptSummary(one.summary))).toEqual({ kind: 'shard', instance: 1, of: 2 });
    expect(partOf(readScriptSummary(merged))).toBeUndefined();
    expect(merged.startedAt).toBe(new Date(0).toISOString());
    expect(merged.endedAt).toBe(new Date(1502).toISOString());
  });

  it('are judged together, whatever each k6 found of its own part', () => {
    expect([one.summary.verdict, two.summary.verdict]).toEqual(['fail', 'fail']);
    expect(merged).toMatchObject({ verdict: 'pass', k6ExitCode: 0, k6Thresholds: [{ ok: true }] });
    expect(readScriptSummary(merged).verdict).toBe('pass');
    expect(merged.lacks[0]).toContain('from the records of all its k6 processes together');
  });

  it('cross a threshold that only the whole crosses', () => {
    const thresholds = ['p(50)<100'];
    const judged = { judged: [{ metric: 'http_req_duration', source: 'p(50)<100', failed: false }] };
    const slow = part(1, 2, { samples: [ofRow('a', 100), ofRow('a', 101)], thresholds, record: { end: judged } });
    const fast = part(2, 2, { samples: [ofRow('a', 99.99)], thresholds, record: { end: judged } });
    const whole = merge(slow, fast);
    expect(whole.verdict).toBe('fail');
    expect(whole.k6Thresholds).toMatchObject([{ ok: false }]);
    expect(whole.thresholds[0]?.actual).toBe(100);
  });

  it('hold a threshold on a gauge where each k6 found that it holds', () => {
    const judged = (failed: boolean) => ({ judged: [{ metric: 'queue', source: 'value<5', failed }] });
    const withGauge = (instance: number, value: number) => {
      const made = part(instance, 2, {
        samples: [ofRow('a', instance), { metric: 'queue', kind: 'gauge', value, tags: { scenario: 'default' } }],
        record: { end: judged(value >= 5) },
      });
      const thresholds = [{ metric: 'queue', source: 'value<5', abortOnFail: false }];
      return { ...made, record: { ...made.record, thresholds } };
    };
    expect(merge(withGauge(1, 9), withGauge(2, 1)).verdict).toBe('fail');
    expect(merge(withGauge(1, 4), withGauge(2, 1)).verdict).toBe('pass');
  });

  it.each([
    ['was interrupted', { k6ExitCode: 105 }, 'incomplete'],
    ['left a record that breaks off', { record: { end: false } }, 'incomplete'],
    ['was ended by a threshold', { record: { end: { abortedByThreshold: true } } }, 'fail'],
    ['began later than the other ended', { fromMs: 5000 }, 'invalid_load'],
    ['went to a host that nobody allowed', { record: { hosts: [{ host: 'other.example' }] } }, 'fail'],
  ] as const)('are as good as the one that %s', (_, changes, verdict) => {
    const samples = [ofRow('a', 10)];
    const whole = merge(part(1, 2, { samples }), part(2, 2, { samples: [ofRow('a', 11)], ...changes }));
    expect(whole.verdict).toBe(verdict);
    expect(readScriptSummary(whole).verdict).toBe(verdict);
  });

  it('may load what each of them may', () => {
    const samples = [ofRow('a', 10)];
    const hosts = [{ host: 'shop.example' }];
    const both = (...allowed: readonly string[][]) =>
      merge(
        ...allowed.map((allowedHosts, i) =>
          part(i + 1, 2, { samples: [...samples, ofRow('a', i)], facts: { allowedHosts }, record: { hosts } }),
        ),
      );
    expect(both(['shop.example'], ['shop.example']).verdict).toBe('pass');
    expect(both(['shop.example'], []).verdict).toBe('fail');
  });

  it('say that handleSummary did not run where the engine of one was off', () => {
    const samples = [ofRow('a', 10)];
    const flat = part(2, 2, { samples: [ofRow('a', 11)], facts: { isEngineOff: true } });
    expect(merge(part(1, 2, { samples }), flat).lacks[1]).toContain('handleSummary() did not run');
  });
});

describe('what is no run of a script is refused:', () => {
  const samples = [ofRow('a', 10)];
  const one = part(1, 2, { samples });
  const two = part(2, 2, { samples: [ofRow('a', 11)] });
  it.each([
    ['one process', [one], /nothing to merge/],
    ['two runs', [one, part(2, 2, { samples, facts: { runId: 'other' } })], /different runs/],
    [
      'two scripts',
      [one, part(2, 2, { samples: [ofRow('a', 1)], facts: { sha256: 'b'.repeat(64) } })],
      /same workload/,
    ],
    ['a process twice', [one, { ...one, summary: { ...one.summary, endedAt: two.summary.endedAt } }], /Two summaries/],
    ['a copy', [part(1, 2, { samples }), part(2, 2, { samples })], /copy of instance 1/],
    ['a part that is missing', [part(1, 3, { samples }), part(2, 3, { samples: [ofRow('a', 1)] })], /without 3/],
    ['a part without its record', [one, { ...two, record: undefined }], /no record .* instance 2/],
    ['the record of another part', [one, { ...two, record: one.record }], /no record .* instance 2/],
    [
      'other thresholds',
      [one, part(2, 2, { samples: [ofRow('a', 11)], thresholds: ['p(95)<200'] })],
      /other thresholds or budgets for instance 2/,
    ],
  ])('%s', (_, parts, words) => {
    expect(() => merge(...parts)).toThrow(words);
  });

  it('a run that is merged already', () => {
    const merged = merge(one, two);
    expect(() => merge({ summary: merged, record: one.record }, two)).toThrow(/cannot be merged again/);
  });
});
