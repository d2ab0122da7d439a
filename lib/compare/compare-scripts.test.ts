import { describe, expect, it } from 'vitest';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { type EndpointFixture, pairsOf, type RunFixture, scriptRun, storedRun } from '../testing/compared-runs.ts';
import { compareRuns } from './compare-runs.ts';
import type { Comparison } from './comparison.ts';

const LUCK = [0, 0.01, -0.008, 0.004, -0.006, 0.009, -0.003];

type Rows = Readonly<Record<string, EndpointFixture>>;
type Side = 'base' | 'head';

/** @param rowsOf what a run met, before luck */
function compareScripts(
  rowsOf: (side: Side, pair: number) => Rows,
  change: (side: Side) => Partial<RunFixture> = () => ({}),
): Comparison {
  const luck = (side: Side, pair: number) => 1 + (LUCK[(pair * (side === 'head' ? 3 : 1)) % LUCK.length] ?? 0);
  const run = (side: Side, pair: number) => ({
    endpoints: Object.fromEntries(
      Object.entries(rowsOf(side, pair)).map(([id, row]) => [
        id,
        { ...row, medianMs: row.medianMs * luck(side, pair) },
      ]),
    ),
    load: { iterations: { completed: 1200, dropped: 0, failed: 0 } },
    ...change(side),
  });
  return compareRuns(pairsOf(5, run, scriptRun));
}

const ORDER: Rows = { 'GET /orders/{id}': { medianMs: 40 } };
/** As many requests as both have together. */
const BUSY_ORDER: Rows = { 'GET /orders/{id}': { medianMs: 40, outcomes: { ok: 1200 } } };
const PAY: Rows = { pay: { medianMs: 80 } };
const RARE: Rows = { 'GET /help': { medianMs: 40, outcomes: { ok: 3 } } };

describe('runs of a script', () => {
  it('that do not differ are unchanged', () => {
    const comparison = compareScripts(() => ({ ...ORDER, ...PAY }));
    expect(comparison).toMatchObject({ decision: 'pass', scenario: 'shop', design: 'paired' });
    expect(comparison.headline).toBe('UNCHANGED: no gated figure got worse.');
  });

  it('of which one row got slower are regressed by it', () => {
    const comparison = compareScripts((side) => ({ ...ORDER, pay: { medianMs: side === 'base' ? 80 : 96 } }));
    expect(comparison).toMatchObject({ decision: 'fail', exitCode: 1 });
    expect(comparison.headline).toContain('pay: p95');
  });

  it('of which head never met a row that base always met are no pass', () => {
    const comparison = compareScripts((side) => (side === 'base' ? { ...ORDER, ...PAY } : BUSY_ORDER));
    expect(comparison).toMatchObject({ decision: 'incomparable', exitCode: 4 });
    expect(comparison.headline).toContain('head has nothing to compare for pay');
    expect(comparison.reasons.join()).toContain('met in 5 of 5 runs of base, and in 0 of 5 of head');
  });

  it.each<[string, (side: Side, pair: number) => boolean]>([
    ['head never met', (side) => side === 'base'],
    ['base never met', (side) => side === 'head'],
    ['one run of head did not meet', (side, pair) => side === 'base' || pair !== 3],
    ['every second run met', (_, pair) => pair % 2 === 0],
  ])('are neither failed nor held up by a rare row that %s, and say that it was not compared', (_, isMet) => {
    const comparison = compareScripts((side, pair) => ({ ...ORDER, ...PAY, ...(isMet(side, pair) ? RARE : {}) }));
    expect(comparison).toMatchObject({ decision: 'pass', exitCode: 0 });
    expect(comparison.headline).toContain('not compared: GET /help');
    expect(comparison.notes.join()).toContain('Only some runs met GET /help');
    const own = comparison.rows.filter(({ endpoint }) => endpoint === 'GET /help');
    expect(new Set(own.map(({ state }) => state))).toEqual(new Set(['incomparable']));
    expect(own[0]?.low).toBeUndefined();
  });

  it('of which base never met a row that head always met are no pass', () => {
    const { decision, headline } = compareScripts((side) => (side === 'base' ? BUSY_ORDER : { ...ORDER, ...PAY }));
    expect(decision).toBe('incomparable');
    expect(headline).toContain('base has nothing to compare for pay');
  });

  it('of which base met a row that was never answered well pass when head answers it', () => {
    const broken = { medianMs: 80, outcomes: { server_error: 600 } };
    const { decision, headline } = compareScripts((side) => ({
      ...ORDER,
      pay: side === 'base' ? broken : { medianMs: 80 },
    }));
    expect(decision).toBe('pass');
    expect(headline).toMatch(/^IMPROVED: .*not compared: pay: p95/);
  });

  it('count what k6 interrupted among the arrivals: a slow head leaves more of that', () => {
    const arrivals = (interrupted: number) => ({
      load: { iterations: { completed: 600 - interrupted, dropped: 0, failed: 0, interrupted } },
    });
    expect(
      compareScripts(
        () => ORDER,
        (side) => arrivals(side === 'base' ? 0 : 30),
      ).decision,
    ).toBe('pass');
    const fewer = { load: { iterations: { completed: 570, dropped: 0, failed: 0 } } };
    const { reasons } = compareScripts(
      () => ORDER,
      (side) => (side === 'base' ? arrivals(0) : fewer),
    );
    expect(reasons[0]).toContain('the loads differ');
  });

  it('have a trend over the rows that all of them met', () => {
    const { trend } = compareScripts(
      (side, pair) => ({ ...ORDER, ...(side === 'head' && pair === 2 ? RARE : {}) }),
      (release) => ({ release }),
    );
    expect(trend.map(({ release, p95GeomeanMs }) => [release, typeof p95GeomeanMs])).toEqual([
      ['base', 'number'],
      ['head', 'number'],
    ]);
  });
});

describe('runs that cannot be compared', () => {
  const endpoints = ORDER;
  const reasonsOf = (base: StoredRun, head: StoredRun) => compareRuns({ base: [base], head: [head] }).reasons;

  it('are those of a script against those of a scenario', () => {
    const head = scriptRun({ runId: 'head', endpoints, changes: { fingerprint: `sha256:${'b'.repeat(32)}` } });
    expect(reasonsOf(storedRun({ runId: 'base', endpoints }), head)).toEqual([
      'the workloads differ, so the figures are not compared: base against head',
      'the scenario sustained against the script shop: they do not send the same',
    ]);
  });

  it('are those of a script before it had a fingerprint', () => {
    const { fingerprint: _, ...old } = scriptRun({ runId: 'old', endpoints });
    expect(reasonsOf(old as StoredRun, scriptRun({ runId: 'head', endpoints }))).toEqual([
      'old does not say what its workload was: an earlier version wrote it, so run the script again',
    ]);
  });
});
