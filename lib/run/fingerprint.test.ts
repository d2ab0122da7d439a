import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { endpointSummary, loadRecord, measuredRun, type RunToJudge, STEADY } from '../testing/runs.ts';
import { fingerprintOf, fingerprintOfWorkload } from './fingerprint.ts';

const info = endpointSummary('system-info', { outcomes: { ok: 500 } });
const projects = endpointSummary('projects', { outcomes: { ok: 500 }, okMedianMs: 4 });
const data = [{ name: 'users', pick: 'user', rows: 8, sha256: 'a'.repeat(64) }] as const;
const run = { ...measuredRun([info, projects]), data };

describe('the fingerprint', () => {
  const fingerprint = fingerprintOf(run, '2.2.0');

  it('is a hash, and the same each time', () => {
    expect(fingerprint).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(fingerprintOf(structuredClone(run), '2.2.0')).toBe(fingerprint);
  });

  it.each<[string, Partial<RunToJudge>]>([
    ['budgets', { thresholds: [{ metric: 'okP95Ms', limit: 1 }] }],
    ['the target', { target: 'https://staging.example.com' }],
    ['the run and its time', { runId: 'other', loadStartedAt: '2027-01-01T00:00:00.000Z' }],
    ['what was measured', measuredRun([endpointSummary('system-info', { outcomes: { timeout: 9 } }), projects])],
    ['what k6 thought of it', { k6Thresholds: [] }],
    ['the requests at rest', { atRest: [] }],
    ['how the load went', { load: loadRecord({ windowSeconds: 1, usersAtEnd: 0 }) }],
    ['the words for its purpose', { purpose: 'none' }],
    ['the heading of an endpoint', { endpoints: [{ ...info, category: 'Other' }, projects] }],
  ])('stays the same when %s changes', (_case, changes) => {
    expect(fingerprintOf({ ...run, ...changes }, '2.2.0')).toBe(fingerprint);
  });

  it.each<[string, Partial<RunToJudge>]>([
    ['scenario', { scenario: 'rapid-fire' }],
    ['plan', { plan: 'reference' }],
    ['number of users', { load: loadRecord({ plan: { users: { ...STEADY, users: 51 } as typeof STEADY } }) }],
    ['name of a stream', { load: loadRecord({ plan: { people: STEADY } }) }],
    ['number of streams', { load: loadRecord({ plan: { users: STEADY, more: STEADY } }) }],
    ['expected status of an endpoint', { endpoints: [{ ...info, expectedStatuses: [200, 204] }, projects] }],
    ['timeout of an endpoint', { endpoints: [{ ...info, timeoutMs: 5000 }, projects] }],
    ['path of an endpoint', { endpoints: [{ ...info, path: '/api/v2/system-info' }, projects] }],
    ['method of an endpoint', { endpoints: [{ ...info, method: 'POST' }, projects] }],
    ['id of an endpoint', { endpoints: [{ ...info, id: 'info' }, projects] }],
    ['list of endpoints', { endpoints: [info] }],
    ['use of connections', { k6Options: { noConnectionReuse: true } }],
    ['check of certificates', { k6Options: { insecureSkipTLSVerify: true } }],
    ['rows of data', { data: [{ ...data[0], sha256: 'b'.repeat(64) }] }],
    ['way to pick them', { data: [{ ...data[0], pick: 'random', seed: 1 }] }],
    ['number of local addresses', { k6Options: { localIPs: '10.0.0.1,10.0.0.2' } }],
  ])('is another one with another %s', (_case, changes) => {
    expect(fingerprintOf({ ...run, ...changes }, '2.2.0')).not.toBe(fingerprint);
  });

  it('knows how many local addresses there were, and not which: each machine has its own', () => {
    const from = (localIPs: string) => fingerprintOf({ ...run, k6Options: { localIPs } }, '2.2.0');
    expect(from('10.0.0.1,10.0.0.2')).toBe(from('10.1.0.8-10.1.0.9'));
    expect(from('10.0.0.1,10.0.0.2')).not.toBe(from('10.0.0.1-10.0.0.3'));
  });

  it('of an earlier version of the tool is still that of the same workload', () => {
    const file = new URL('../report/recorded/healthy/summary.json.gz', import.meta.url);
    const stored = JSON.parse(gunzipSync(readFileSync(file)).toString()) as RunSummary;
    expect(fingerprintOf(stored, stored.k6Version)).toBe(stored.fingerprint);
  });

  it('names the minor version of k6, not its patch', () => {
    expect(fingerprintOf(run, '2.2.9')).toBe(fingerprint);
    expect(fingerprintOf(run, '2.3.0')).not.toBe(fingerprint);
    expect(fingerprintOf(run, '3.2.0')).not.toBe(fingerprint);
  });

  it('does not hang on the order of keys, which k6 shuffles', () => {
    const reversed = <T>(value: T): T => {
      if (Array.isArray(value)) return value.map(reversed) as T;
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, reversed(member)]),
      ) as T;
    };
    const shuffled = reversed(run);
    expect(JSON.stringify(shuffled)).not.toBe(JSON.stringify(run));
    expect(fingerprintOf(shuffled, '2.2.0')).toBe(fingerprint);
  });
});

describe('the fingerprint of a script', () => {
  const scenarios = { buy: { executor: 'constant-vus', vus: 2, duration: '1m0s' }, look: { executor: 'constant-vus' } };
  const workload = { script: 'a'.repeat(64), k6: '2.2', scenarios };

  it('does not hang on the order of scenarios and of what they say', () => {
    const { buy, look } = scenarios;
    const reversed = { look, buy: { duration: buy.duration, vus: buy.vus, executor: buy.executor } };
    expect(fingerprintOfWorkload({ ...workload, scenarios: reversed })).toBe(fingerprintOfWorkload(workload));
    expect(fingerprintOfWorkload(workload)).toMatch(/^sha256:[0-9a-f]{32}$/);
  });

  it.each([
    ['script', { script: 'b'.repeat(64) }],
    ['version of k6', { k6: '2.3' }],
    ['number of users', { scenarios: { ...scenarios, buy: { ...scenarios.buy, vus: 3 } } }],
    ['name of a scenario', { scenarios: { pay: scenarios.buy, look: scenarios.look } }],
    ['option of k6', { k6Options: { noConnectionReuse: true } }],
  ])('is another one with another %s', (_, changes) => {
    expect(fingerprintOfWorkload({ ...workload, ...changes })).not.toBe(fingerprintOfWorkload(workload));
  });
});
