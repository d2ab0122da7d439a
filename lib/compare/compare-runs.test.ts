import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { type EndpointFixture, pairsOf, type RunFixture, storedRun } from '../testing/compared-runs.ts';
import { compareRuns } from './compare-runs.ts';
import type { ComparedRow, Comparison, RowMetric } from './comparison.ts';

/** Small and known: run i of an arm is so much slower than its median. */
const LUCK = [0, 0.01, -0.008, 0.004, -0.006, 0.009, -0.003, 0.002, 0.006, -0.01];

const luck = (side: 'base' | 'head', pair: number) => 1 + (LUCK[(pair * (side === 'head' ? 3 : 1)) % LUCK.length] ?? 0);

type Endpoints = Readonly<Record<string, EndpointFixture>>;

function compareArms(
  base: Endpoints,
  head: Endpoints,
  pairs = 5,
  more: Partial<Parameters<typeof compareRuns>[0]> = {},
  change: (side: 'base' | 'head', pair: number) => Partial<RunFixture> = () => ({}),
): Comparison {
  const arms = pairsOf(pairs, (side, pair) => ({
    endpoints: Object.fromEntries(
      Object.entries(side === 'base' ? base : head).map(([id, each]) => [
        id,
        { ...each, medianMs: each.medianMs * luck(side, pair) },
      ]),
    ),
    ...change(side, pair),
  }));
  return compareRuns({ ...arms, ...more });
}

function rowOf({ rows }: Comparison, metric: RowMetric, endpoint?: string): ComparedRow {
  const found = rows.find((row) => row.metric === metric && row.endpoint === endpoint);
  if (found === undefined) throw new Error(`no row ${metric} of ${endpoint}`);
  return found;
}

const TWO: Endpoints = { agents: { medianMs: 40 }, services: { medianMs: 80 } };

describe('pairs', () => {
  it('that do not differ are unchanged, and pass', () => {
    const comparison = compareArms(TWO, TWO);
    expect(comparison).toMatchObject({ decision: 'pass', exitCode: 0, design: 'paired', needsSecondLook: false });
    expect(comparison.headline).toBe('UNCHANGED: no gated figure got worse.');
    for (const row of comparison.rows.filter(({ family }) => family !== 'information'))
      expect(row.state).toBe('unchanged');
  });

  it('of which one endpoint got slower fail, and name it with its numbers', () => {
    const comparison = compareArms(TWO, { ...TWO, services: { medianMs: 96 } });
    expect(comparison).toMatchObject({ decision: 'fail', exitCode: 1 });
    const row = rowOf(comparison, 'p95', 'services');
    expect(row.state).toBe('regressed');
    expect(row.change).toBeGreaterThan(0.17);
    expect(row.low).toBeLessThan(row.change ?? 0);
    expect(row.high).toBeGreaterThan(row.change ?? 0);
    expect(rowOf(comparison, 'p95', 'agents').state).toBe('unchanged');
    expect(comparison.headline).toContain('services: p95');
    expect(comparison.reasons.join()).toMatch(
      /services: p95 of successful responses: regressed from 14\d ms to 17\d ms \(\+\d/,
    );
  });

  it('that got faster are improved, and never fail', () => {
    const comparison = compareArms(TWO, { agents: { medianMs: 30 }, services: { medianMs: 60 } });
    expect(comparison).toMatchObject({ decision: 'pass', exitCode: 0 });
    expect(comparison.headline).toMatch(/^IMPROVED: /);
    expect(rowOf(comparison, 'p95-geomean').state).toBe('improved');
  });

  it('with more failures fail by them, and latencies beside them are confounded', () => {
    const failing = { ok: 540, server_error: 60 };
    const comparison = compareArms(TWO, { ...TWO, services: { medianMs: 60, outcomes: failing } });
    expect(comparison.decision).toBe('fail');
    expect(rowOf(comparison, 'failures', 'services').state).toBe('regressed');
    expect(rowOf(comparison, 'failures').state).toBe('regressed');
    expect(rowOf(comparison, 'p95', 'services').state).toBe('confounded');
    expect(rowOf(comparison, 'p95', 'agents').state).toBe('unchanged');
  });

  it('that fail more and are slower as well are regressed in both', () => {
    const failing = { ok: 540, server_error: 60 };
    const comparison = compareArms(TWO, { ...TWO, services: { medianMs: 120, outcomes: failing } });
    expect(rowOf(comparison, 'p95', 'services').state).toBe('regressed');
  });

  it('with declared 429s do not fail by them', () => {
    const limited = (ok: number) => ({ medianMs: 40, outcomes: { ok, rate_limited: 1200 - ok }, hasLimit: true });
    const comparison = compareArms({ agents: limited(600) }, { agents: limited(600) });
    expect(rowOf(comparison, 'failures', 'agents')).toMatchObject({ state: 'unchanged', base: 0, head: 0 });
    expect(rowOf(comparison, 'rate-limited', 'agents').state).toBe('unchanged');
    const changed = compareArms({ agents: limited(600) }, { agents: limited(900) });
    expect(rowOf(changed, 'rate-limited', 'agents').state).toBe('changed');
    expect(rowOf(changed, 'p95', 'agents').state).toBe('confounded');
  });

  it('of which nothing can be told leave a second look open', () => {
    const noisy = (side: 'base' | 'head', pair: number): Partial<RunFixture> => ({
      endpoints: { agents: { medianMs: 40 * (1 + (side === 'base' ? 0.3 : -0.25) * (pair % 2 === 0 ? 1 : -1)) } },
    });
    const comparison = compareArms(
      { agents: { medianMs: 40 } },
      { agents: { medianMs: 40 } },
      5,
      { look: [1, 2] },
      noisy,
    );
    expect(comparison).toMatchObject({ decision: 'inconclusive', exitCode: 0, needsSecondLook: true, alpha: 0.025 });
    const strict = compareArms(
      { agents: { medianMs: 40 } },
      { agents: { medianMs: 40 } },
      5,
      { policy: { isStrict: true } },
      noisy,
    );
    expect(strict.exitCode).toBe(3);
    expect(strict.needsSecondLook).toBe(false);
  });

  it.each([
    [400, 'p95'],
    [399, 'p90'],
    [199, 'p75'],
    [79, 'p50'],
  ] as const)('with %s successful responses in some run are decided by the %s, which says why', (ok, metric) => {
    const few = { agents: { medianMs: 40, outcomes: { ok } }, services: { medianMs: 80 } };
    const slower = { ...few, agents: { medianMs: 80, outcomes: { ok } } };
    const comparison = compareArms(few, slower);
    const row = rowOf(comparison, metric, 'agents');
    expect(row).toMatchObject({ family: 'endpoint latency', state: 'regressed' });
    expect(row.decidesBecause).toBe(
      metric === 'p95' ? undefined : `decides: ${ok} successful responses in some run, and a p95 needs 400`,
    );
    expect(comparison).toMatchObject({ decision: 'fail', exitCode: 1 });
    expect(comparison.headline).toContain(`agents: ${metric}`);
    expect(rowOf(comparison, 'p95-geomean').title).toBe(
      metric === 'p95' ? 'p95 (geometric mean)' : `p95 or ${metric} (geometric mean)`,
    );
    expect(rowOf(comparison, 'p95', 'services').family).toBe('endpoint latency');
    expect(comparison.notes.some((note) => note.includes(`of 1 endpoint the ${metric} (agents)`))).toBe(
      metric !== 'p95',
    );
    if (metric !== 'p95') expect(rowOf(comparison, 'p95', 'agents').family).toBe('information');
  });

  it('with too few responses for any percentile are not compared, and the headline says so', () => {
    const few = { agents: { medianMs: 40, outcomes: { ok: 39 } }, services: { medianMs: 80 } };
    const comparison = compareArms(few, { ...few, agents: { medianMs: 80, outcomes: { ok: 39 } } });
    const row = rowOf(comparison, 'p95', 'agents');
    expect(row).toMatchObject({ state: 'incomparable', family: 'endpoint latency' });
    expect(row.reason).toBe('too few responses: even a p50 needs 40 successful responses in every run');
    expect(comparison.headline).toContain('not compared: agents: p95');
    const { services: _, ...only } = few;
    expect(compareArms(only, only).decision).toBe('inconclusive');
  });

  it('of 8 endpoints lend each other their noise', () => {
    const eight = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`e${i}`, { medianMs: 30 + 5 * i }]));
    const comparison = compareArms(eight, eight);
    expect(rowOf(comparison, 'p95', 'e0').degreesOfFreedom).toBeGreaterThan(4);
  });

  it('in a closed model whose goodput is not known to be unchanged say that their load is unequal', () => {
    const comparison = compareArms(TWO, TWO, 5, {}, (side) => ({
      load: { model: 'closed' },
      windowSeconds: side === 'base' ? 60 : 75,
    }));
    expect(comparison.notes.join()).toContain('unequal load');
    expect(comparison.decision).toBe('fail');
  });
});

describe('the policy', () => {
  const slower = { ...TWO, services: { medianMs: 96 } };

  it('accepts a slowdown until its day, and says why', () => {
    const accept = [
      { metric: 'p95', endpoint: 'services', until: '2026-12-31', reason: 'PERF-12' },
      { metric: 'p95-geomean', until: '2026-12-31', reason: 'PERF-12' },
    ] as const;
    const accepted = compareArms(TWO, slower, 5, { policy: { accept, today: '2026-12-31' } });
    expect(accepted).toMatchObject({ decision: 'pass', exitCode: 0 });
    expect(accepted.headline).toContain('ACCEPTED');
    expect(rowOf(accepted, 'p95', 'services')).toMatchObject({
      state: 'regressed',
      reason: 'accepted until 2026-12-31: PERF-12',
    });
    const ended = compareArms(TWO, slower, 5, { policy: { accept, today: '2027-01-01' } });
    expect(ended.decision).toBe('fail');
    expect(ended.notes).toContain('2 acceptances ended: services p95 on 2026-12-31 and all p95-geomean on 2026-12-31.');
    const one = compareArms(TWO, slower, 5, { policy: { accept: accept.slice(0, 1), today: '2027-01-01' } });
    expect(one.notes).toContain('The acceptance of services p95 ended on 2026-12-31.');
  });

  it('refuses an acceptance without a reason or a day', () => {
    const accept = (until: string, reason: string) => [{ metric: 'p95', until, reason } as const];
    expect(() => compareArms(TWO, TWO, 5, { policy: { accept: accept('2026-12-31', ' ') } })).toThrow(/no reason/);
    expect(() => compareArms(TWO, TWO, 5, { policy: { accept: accept('soon', 'why') } })).toThrow(/when it ends/);
  });

  it('gives a row margins of its own, or lets it never fail', () => {
    const rows = [
      { metric: 'p95', endpoint: 'services', gate: false },
      { metric: 'p95-geomean', effect: 0.3, tolerance: 0.4 },
    ] as const;
    const comparison = compareArms(TWO, slower, 5, { policy: { rows } });
    expect(comparison.decision).toBe('pass');
    expect(rowOf(comparison, 'p95', 'services')).toMatchObject({ state: 'regressed', family: 'information' });
  });

  it('fails for what is suspect where that is wanted', () => {
    const suspect: Endpoints = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`e${i}`, { medianMs: 40 }]));
    const slowdowns = [0.17, 0.02, 0.13, 0, 0.15];
    const noisy = (side: 'base' | 'head', pair: number): Partial<RunFixture> => ({
      endpoints: { ...suspect, e0: { medianMs: 40 * (1 + (side === 'head' ? (slowdowns[pair - 1] ?? 0) : 0)) } },
    });
    const usual = compareArms(suspect, suspect, 5, {}, noisy);
    expect(rowOf(usual, 'p95', 'e0').state).toBe('suspect');
    expect(usual.exitCode).toBe(0);
    expect(compareArms(suspect, suspect, 5, { policy: { failOn: 'suspect' } }, noisy).exitCode).toBe(1);
  });
});

it('an endpoint that head never answered is no pass', () => {
  const silent = (side: 'base' | 'head'): Partial<RunFixture> =>
    side === 'base' ? {} : { endpoints: { agents: { medianMs: 40 }, services: { medianMs: 80, outcomes: {} } } };
  expect(compareArms(TWO, TWO, 5, {}, silent)).toMatchObject({ decision: 'incomparable', exitCode: 4 });
});

it('runs of different machines are compared with a warning', () => {
  const machine = (side: 'base' | 'head'): Partial<RunFixture> => ({
    changes: {
      host: { platform: 'linux', arch: 'x64', cpuModel: 'x', cores: side === 'base' ? 2 : 4, memoryBytes: 1 },
    },
  });
  expect(compareArms(TWO, TWO, 5, {}, machine).notes.join()).toContain('different machines');
});

it('runs of different environments are compared with a note, and those of one with none', () => {
  const of = (base: string | undefined, head: string | undefined) => {
    const environment = (side: 'base' | 'head'): Partial<RunFixture> => {
      const name = side === 'base' ? base : head;
      return name === undefined ? {} : { changes: { environment: name } };
    };
    const { decision, notes, head: arm } = compareArms(TWO, TWO, 5, {}, environment);
    expect(decision).toBe('pass');
    expect(arm.runs.map((run) => run.environment)).toEqual(arm.runs.map(() => head));
    return notes.join();
  };
  expect(of('staging', 'production')).toContain('base of staging, head of production.');
  expect(of('staging', undefined)).toContain('base of staging, head of none that is named.');
  expect(of('staging', 'staging')).not.toContain('environment');
  expect(of(undefined, undefined)).not.toContain('environment');
});

it('no runs at all are no pass', () => {
  expect(compareRuns({ base: [], head: [] })).toMatchObject({ decision: 'incomparable', exitCode: 4 });
  expect(compareRuns({ base: [storedRun({ endpoints: TWO })], head: [] }).reasons[0]).toContain('not one run of head');
});

it('arrivals that differ by more than 2 % are another load', () => {
  const fewer = (side: 'base' | 'head'): Partial<RunFixture> => ({
    load: { iterations: { completed: side === 'base' ? 1200 : 1170, dropped: 0, failed: 0 } },
  });
  const comparison = compareArms(TWO, TWO, 5, {}, fewer);
  expect(comparison.decision).toBe('incomparable');
  expect(comparison.reasons[0]).toContain('arrivals of base and head differ by 2.6 %');
});

describe('runs that cannot be compared', () => {
  it('are those of another workload, and the whole is incomparable', () => {
    const comparison = compareArms(TWO, TWO, 5, {}, (side) =>
      side === 'base' ? {} : { changes: { fingerprint: 'sha256:ffff' } },
    );
    expect(comparison).toMatchObject({ decision: 'incomparable', exitCode: 4 });
    expect(comparison.reasons[0]).toContain('the workloads differ');
    for (const { state } of comparison.rows) expect(state).toBe('incomparable');
  });

  it('are those of a file that does not say what its workload was', () => {
    const { fingerprint: _, ...foreign } = storedRun({ runId: 'foreign', endpoints: TWO });
    const comparison = compareRuns({ base: [foreign as StoredRun], head: [storedRun({ endpoints: TWO })] });
    expect(comparison).toMatchObject({ decision: 'incomparable', exitCode: 4 });
    expect(comparison.reasons[0]).toContain('foreign does not say what its workload was');
  });

  it('name what is gone and what is new', () => {
    const other = { agents: { medianMs: 40 }, projects: { medianMs: 20 } };
    const comparison = compareArms(TWO, other, 5, {}, (side) =>
      side === 'base' ? {} : { changes: { fingerprint: 'sha256:ffff' } },
    );
    expect(rowOf(comparison, 'p95', 'services').state).toBe('removed');
    expect(rowOf(comparison, 'p95', 'projects').state).toBe('added');
    expect(comparison.reasons).toContain('endpoints removed: services (/api/services)');
    expect(comparison.reasons).toContain('endpoints added: projects (/api/projects)');
  });

  it.each<[string, Partial<StoredRun>]>([
    ['incomplete', { verdict: 'incomplete' }],
    ['busy', { host: { platform: 'linux', arch: 'x64', cpuModel: 'x', cores: 2, memoryBytes: 1, cpuBusyShare: 0.81 } }],
    ['not delivered', { verdict: 'invalid_load' }],
    ['dropped', { load: { model: 'open', windowSeconds: 60, iterations: { completed: 98, failed: 0, dropped: 2 } } }],
  ])('leave their pair out: %s', (_, changes) => {
    const unfit = (pairs: number) => (side: 'base' | 'head', pair: number) =>
      side === 'head' && pair <= pairs ? { changes } : {};
    const two = compareArms(TWO, TWO, 5, {}, unfit(2));
    expect(two.decision).toBe('pass');
    expect(two.notes.filter((note) => /^2 of 5 pairs left out: .*\(head-1\b.* and head-2\b/.test(note))).toHaveLength(
      1,
    );
    expect(rowOf(two, 'p95', 'agents').baseValues).toHaveLength(3);
    const three = compareArms(TWO, TWO, 5, {}, unfit(3));
    expect(three).toMatchObject({ decision: 'incomparable', exitCode: 4 });
    expect(three.reasons[0]).toContain('only 2 of 5 pairs');
  });

  it('keep their pair where the policy allows a machine that busy, and not one that is busier', () => {
    const host = { platform: 'linux', arch: 'x64', cpuModel: 'x', cores: 2, memoryBytes: 1, cpuBusyShare: 0.95 };
    const busy = () => ({ changes: { host } });
    const leftOut = (mostBusyShare: number) =>
      compareArms(TWO, TWO, 5, { policy: { mostBusyShare } }, busy).notes.filter((note) =>
        note.includes('left out: the machine was over'),
      );
    expect(leftOut(0.95)).toEqual([]);
    expect(leftOut(0.94)).not.toEqual([]);
  });
});

describe('one run against one', () => {
  const [base, head] = [40, 60].map((medianMs, i) =>
    storedRun({ runId: `run-${i}`, endpoints: { agents: { medianMs } } }),
  );
  if (base === undefined || head === undefined) throw new Error('no runs');

  it('is never a verdict: the change is told, and that the noise is unknown', () => {
    const comparison = compareRuns({ base: [base], head: [head] });
    expect(comparison).toMatchObject({ decision: 'inconclusive', exitCode: 0, design: 'single' });
    const row = rowOf(comparison, 'p95', 'agents');
    expect(row).toMatchObject({ state: 'inconclusive', reason: 'the noise between runs is unknown' });
    expect(row.change).toBeCloseTo(0.5, 6);
    expect(row.sampling?.base[0]).toBeLessThan(row.base ?? 0);
    expect(row.sampling?.base[1]).toBeGreaterThan(row.base ?? 0);
    for (const { state } of comparison.rows) expect(['inconclusive', 'incomparable']).toContain(state);
  });

  it('is one with an assumed noise, which is said', () => {
    const comparison = compareRuns({ base: [base], head: [head], assumedNoiseCv: 0.03 });
    expect(rowOf(comparison, 'p95', 'agents').state).toBe('regressed');
    expect(comparison.notes.join()).toContain('assumed to be 3 %');
  });

  it('is held against five earlier pairs of base against base', () => {
    const selfChecks = pairsOf(5, (side, pair) => ({ endpoints: { agents: { medianMs: 40 * luck(side, pair) } } }));
    const comparison = compareRuns({ base: [base], head: [head], selfChecks });
    expect(rowOf(comparison, 'p95', 'agents').state).toBe('regressed');
    expect(comparison.decision).toBe('fail');
  });
});

describe('runs of other days', () => {
  const day = (date: number, medianMs: number, minute = 0) =>
    storedRun({
      runId: `${date}-${minute}`,
      startedAt: `2026-11-${String(date).padStart(2, '0')}T09:${String(minute).padStart(2, '0')}:00.000Z`,
      endpoints: { agents: { medianMs, outcomes: { ok: 3000 } } },
    });
  const nights = [41, 40, 39.5, 40.5, 40.2].map((ms, i) => day(10 + i, ms));

  it('predict the next one: far outside it fails, inside it passes', () => {
    expect(compareRuns({ base: nights, head: [day(20, 60)] })).toMatchObject({ design: 'history', decision: 'fail' });
    expect(compareRuns({ base: nights, head: [day(20, 40.3)] }).decision).toBe('pass');
  });

  it('of one session cannot tell the release from the day', () => {
    const session = [41, 40, 39.5, 40.5, 40.2].map((ms, i) => day(10, ms, 3 * i));
    const comparison = compareRuns({ base: session, head: [day(20, 60)] });
    expect(comparison).toMatchObject({ decision: 'inconclusive', exitCode: 0 });
    expect(comparison.reasons.join()).toContain('the difference can be the machine’s');
    expect(comparison.rows.filter(({ state }) => state === 'regressed')).toEqual([]);
    expect(comparison.headline).toContain('may be worse: ');
  });

  it('fewer than three give no noise', () => {
    expect(rowOf(compareRuns({ base: nights.slice(0, 2), head: [day(20, 60)] }), 'p95', 'agents').reason).toContain(
      'unknown',
    );
  });
});

it('runs of one session that are not in turn are compared with a warning', () => {
  const at = (minute: number, medianMs: number) =>
    storedRun({
      runId: `at-${minute}`,
      startedAt: `2026-11-24T09:${String(minute).padStart(2, '0')}:00.000Z`,
      endpoints: { agents: { medianMs } },
    });
  const comparison = compareRuns({
    base: [at(0, 40), at(2, 40.4), at(4, 39.8)],
    head: [at(6, 60), at(8, 60.5), at(10, 59.8)],
  });
  expect(comparison).toMatchObject({ design: 'unpaired', decision: 'fail' });
  expect(comparison.notes.join()).toContain('not in turn');
});

it('releases are the columns of a trend, in the order of their first runs', () => {
  const release = (name: string, hour: number, medianMs: number) =>
    storedRun({
      runId: name,
      release: name,
      startedAt: `2026-11-24T0${hour}:00:00.000Z`,
      endpoints: { agents: { medianMs } },
    });
  const comparison = compareRuns({
    base: [release('1.4', 2, 40)],
    head: [release('1.5', 3, 44)],
    earlier: [release('1.3', 1, 38)],
  });
  expect(comparison.trend.map(({ release: name }) => name)).toEqual(['1.3', '1.4', '1.5']);
  expect(comparison.trend[0]?.endpoints[0]?.p95Ms).toBeLessThan(comparison.trend[2]?.endpoints[0]?.p95Ms ?? 0);
});
