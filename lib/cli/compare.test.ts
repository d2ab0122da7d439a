import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../compare/comparison.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { projectRoot, temporaryFolder } from '../e2e/tool.ts';
import { comparisonSchema } from '../results/report-schema.ts';
import { endpointSummary, measuredRun, runSummary } from '../testing/runs.ts';
import { printBaselines, saveBaseline, showBaseline } from './baseline.ts';
import { type CompareRequest, compare } from './compare.ts';

/** A results folder of runs, two minutes apart, base first. */
function resultsWith(...medians: readonly (readonly [release: string, okMedianMs: number])[]): string {
  const results = temporaryFolder();
  for (const [i, [release, okMedianMs]] of medians.entries())
    write(results, summaryOf(`run-${i + 1}`, release, okMedianMs, i));
  return results;
}

function summaryOf(runId: string, release: string, medianMs: number, i: number): RunSummary {
  // No two runs measure the same to the last digit.
  const okMedianMs = medianMs + i * 0.001;
  const at = (seconds: number) =>
    new Date(Date.parse('2026-11-24T09:00:00Z') + 120_000 * i + 1000 * seconds).toISOString();
  const run = measuredRun([endpointSummary('projects', { outcomes: { ok: 3000 }, okMedianMs })], { runId, okMedianMs });
  return runSummary(run, { release, startedAt: at(0), loadStartedAt: at(2), endedAt: at(65) });
}

function write(results: string, summary: RunSummary): void {
  mkdirSync(path.join(results, summary.runId));
  writeFileSync(path.join(results, summary.runId, 'summary.json'), JSON.stringify(summary));
}

const IN_TURN = [
  ['1.4', 40],
  ['1.5', 40.2],
  ['1.5', 40.3],
  ['1.4', 40.1],
  ['1.4', 39.9],
  ['1.5', 40],
] as const;
const BASE = ['run-1', 'run-4', 'run-5'];
const HEAD = ['run-2', 'run-3', 'run-6'];

async function call(results: string, changes: Partial<CompareRequest> = {}) {
  const printed: string[] = [];
  const said: string[] = [];
  const exitCode = await compare(
    {
      base: BASE,
      head: HEAD,
      earlier: [],
      selfChecks: [],
      policy: {},
      allowsMissingBaseline: false,
      outputs: { prints: {}, files: {} },
      environment: {},
      resultsFolder: results,
      workingFolder: projectRoot,
      ...changes,
    },
    {
      print: (text) => printed.push(text),
      say: (line) => said.push(line),
      annotate: (line) => printed.push(line),
      hasColour: false,
    },
  );
  return { exitCode, printed: printed.join('\n'), said: said.join('\n') };
}

describe('compare', () => {
  it('tells the comparison of runs in turn, and keeps it in a folder of its own', async () => {
    const results = resultsWith(...IN_TURN);
    const { exitCode, printed, said } = await call(results);
    expect(exitCode).toBe(0);
    expect(printed).toContain('UNCHANGED');
    expect(printed).toContain('base 1.4 (3 runs), head 1.5 (3 runs)');
    const [folder = ''] = readdirSync(results).filter((name) => name.includes('-compare-'));
    expect(readdirSync(path.join(results, folder)).sort()).toEqual([
      'comparison.html',
      'comparison.json',
      'comparison.md',
    ]);
    expect(said).toContain('comparison.html');
    const comparison = JSON.parse(readFileSync(path.join(results, folder, 'comparison.json'), 'utf8')) as Comparison;
    const isComparison = new Ajv({ strict: false }).compile(comparisonSchema() as object);
    isComparison(comparison);
    expect(isComparison.errors).toBeNull();
  });

  it('takes patterns that no shell expanded, and counts a run that is named twice once', async () => {
    const results = resultsWith(['1.4', 40], ['1.5', 60]);
    const pattern = `${results.replaceAll(path.sep, '/')}/run-[2]`;
    const { printed } = await call(results, { base: ['run-1'], head: [pattern, 'run-2'] });
    expect(printed).toContain('1.5 (1 run)');
    expect(printed).toContain('INCONCLUSIVE');
    expect(printed).toContain('the noise between runs is unknown');
  });

  it('writes JUnit, comment and benchmark files, and tells GitHub in GitHub Actions alone', async () => {
    const results = resultsWith(...IN_TURN);
    const file = (name: string) => path.join(results, name);
    const files = { junit: file('junit.xml'), comment: file('comment.md'), benchmark: file('benchmark.json') };
    const outputs = { prints: {}, files };
    const outside = await call(results, { outputs });
    expect(outside.printed).not.toContain('::');
    expect(readFileSync(file('junit.xml'), 'utf8')).toContain('<testsuite ');
    expect(readFileSync(file('comment.md'), 'utf8')).toContain('<!-- k6-verdict:comparison -->');
    expect(JSON.parse(readFileSync(file('benchmark.json'), 'utf8'))).toBeInstanceOf(Array);
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file('step.md') };
    const inside = await call(results, { outputs, environment });
    expect(inside.printed).toContain('::notice title=UNCHANGED');
    expect(readFileSync(file('step.md'), 'utf8')).toContain('UNCHANGED');
  });

  it('a baseline that was never saved is no comparison: exit code 4, or 0 where that is allowed', async () => {
    const results = resultsWith(...IN_TURN);
    const missing = await call(results, { base: ['1.3'] });
    expect(missing).toMatchObject({ exitCode: 4, printed: '' });
    expect(missing.said).toContain('There is no baseline "1.3": nothing was compared');
    expect((await call(results, { base: ['1.3'], allowsMissingBaseline: true })).exitCode).toBe(0);
  });

  it.each<[string, string, RegExp]>([
    ['cut off', '{"kind": "k6-verdict baseline", "schemaVersion": 1, "runs": [', /cut off|not JSON/],
    ['newer', '{"kind": "k6-verdict baseline", "schemaVersion": 2}', /newer k6-verdict/],
    [
      'without runs',
      '{"kind": "k6-verdict baseline", "schemaVersion": 1, "release": "1", "savedAt": "x", "scenario": "s", "fingerprint": "f", "runs": []}',
      /not a whole baseline\.\n {2}received: runs must not be empty\n/,
    ],
    [
      'without a release',
      '{"kind": "k6-verdict baseline", "schemaVersion": 1, "savedAt": "x", "scenario": "s", "fingerprint": "f", "runs": [1]}',
      /not a whole baseline\.\n {2}received: release is missing; runs\[0\] must be an object, not 1\n/,
    ],
    [
      'with a run that is none',
      '{"kind": "k6-verdict baseline", "schemaVersion": 1, "release": "1", "savedAt": "x", "scenario": "s", "fingerprint": "f", "runs": [{}]}',
      /1\.3\.json, run 1 is not whole/,
    ],
    ['something else', '{"a": 1}', /not a summary/],
    ['empty', '', /empty/],
  ])('a baseline file that is %s is refused', async (_, content, message) => {
    const results = resultsWith(...IN_TURN);
    mkdirSync(path.join(results, 'baselines'));
    writeFileSync(path.join(results, 'baselines', '1.3.json'), content);
    await expect(call(results, { base: ['1.3'] })).rejects.toThrow(message);
  });

  it('holds one run against one with the noise of pairs of base against base', async () => {
    const luck = [40, 40.4, 39.7, 40.1, 40.2, 39.9, 40.3, 40, 39.8, 40.2];
    const results = resultsWith(...luck.map((ms) => ['1.4', ms] as const), ['1.4', 40], ['1.5', 60]);
    mkdirSync(path.join(results, 'self-check'));
    const runs = luck.map((_, i) => ({
      side: i % 2 === 0 ? 'base' : 'head',
      pair: Math.floor(i / 2) + 1,
      runId: `run-${i + 1}`,
      isUsable: true,
    }));
    const record = {
      schemaVersion: 1,
      runId: 'self-check',
      scenario: 'sustained',
      isSelfCheck: true,
      startedAt: '2026-11-24T19:00:00.000Z',
      endedAt: '2026-11-24T19:30:00.000Z',
      pairsPerLook: 5,
      looks: 1,
      runs,
    };
    writeFileSync(path.join(results, 'self-check', 'ab.json'), JSON.stringify(record));
    const one = { base: ['run-11'], head: ['run-12'] };
    expect((await call(results, one)).printed).toContain('INCONCLUSIVE');
    const held = await call(results, { ...one, selfChecks: ['self-check'] });
    expect(held.exitCode).toBe(1);
    expect(held.printed).toContain('REGRESSED');
    expect(held.printed).toContain('The noise is that of 5 pairs of base against base');
  });

  it('a run against itself, a pattern of nothing and an output that cannot be written are refused', async () => {
    const results = resultsWith(...IN_TURN);
    await expect(call(results, { head: ['run-1', 'run-2'] })).rejects.toThrow(/compared with itself/);
    await expect(call(results, { head: [`${results}/none-*`] })).rejects.toThrow(/matches nothing/);
    const outputs = { prints: {}, files: { junit: path.join(results, 'none', 'x.xml') } };
    await expect(call(results, { outputs })).rejects.toThrow(/cannot be written/);
    await expect(call(results, { head: ['./nope/summary.json'] })).rejects.toThrow(/no such run/);
    await expect(call(results, { selfChecks: ['run-1'] })).rejects.toThrow(/pairs of base against base/);
  });
});

describe('baseline', () => {
  const save = (results: string, changes: Partial<Parameters<typeof saveBaseline>[0]> = {}) => {
    const printed: string[] = [];
    const terminal = {
      print: (text: string) => printed.push(text),
      say: () => {},
      annotate: () => {},
      hasColour: false,
    };
    const request = {
      release: '1.4',
      names: BASE,
      allowsFailed: false,
      replaces: false,
      resultsFolder: results,
      workingFolder: projectRoot,
    };
    return { done: saveBaseline({ ...request, ...changes }, terminal), printed };
  };
  const terminalOf = (printed: string[]) => ({
    print: (text: string) => printed.push(text),
    say: () => {},
    annotate: () => {},
    hasColour: false,
  });

  it('is saved, listed, shown and compared with', async () => {
    const results = resultsWith(...IN_TURN);
    const { done, printed } = save(results);
    expect(await done).toBe(0);
    expect(printed.join()).toContain('Baseline 1.4: 3 runs of sustained');
    const text = readFileSync(path.join(results, 'baselines', '1.4.json'), 'utf8');
    expect(text.split('\n').length).toBeLessThan(1200);
    const lines: string[] = [];
    printBaselines({ resultsFolder: results, workingFolder: projectRoot }, terminalOf(lines));
    showBaseline('1.4', { resultsFolder: results, workingFolder: projectRoot }, terminalOf(lines));
    expect(lines.join('\n')).toMatch(/1\.4 +sustained +3 +\d{4}-/);
    expect(lines.join('\n')).toContain('run-4');
    const { printed: compared, exitCode } = await call(results, { base: ['1.4'] });
    expect(exitCode).toBe(0);
    expect(compared).toContain('UNCHANGED');
  });

  it('refuses failed runs unless told otherwise, and a name that is taken unless it is to be replaced', async () => {
    const results = resultsWith(...IN_TURN);
    write(results, { ...summaryOf('failed', '1.4', 40, 9), verdict: 'fail' });
    await expect(save(results, { names: ['run-1', 'failed'] }).done).rejects.toThrow(/did not pass/);
    expect(await save(results, { names: ['run-1', 'failed'], allowsFailed: true }).done).toBe(0);
    await expect(save(results).done).rejects.toThrow(/already/);
    expect(await save(results, { replaces: true }).done).toBe(0);
  });

  it('refuses runs of different workloads, and what is not there', async () => {
    const results = resultsWith(...IN_TURN);
    write(results, { ...summaryOf('other', '1.4', 40, 9), fingerprint: 'sha256:ffeeddccbbaa99887766554433221100' });
    await expect(save(results, { names: ['run-1', 'other'] }).done).rejects.toThrow(/same workload/);
    expect(() => showBaseline('9.9', { resultsFolder: results, workingFolder: projectRoot }, terminalOf([]))).toThrow(
      /no such baseline/,
    );
  });

  it('of another workload is incomparable, loudly', async () => {
    const results = resultsWith(...IN_TURN);
    write(results, { ...summaryOf('other', '1.3', 40, 9), fingerprint: 'sha256:ffeeddccbbaa99887766554433221100' });
    await save(results, { release: '1.3', names: ['other'] }).done;
    const { exitCode, printed } = await call(results, { base: ['1.3'] });
    expect(exitCode).toBe(4);
    expect(printed).toContain('NOT COMPARED');
    expect(printed).not.toContain('UNCHANGED');
  });
});
