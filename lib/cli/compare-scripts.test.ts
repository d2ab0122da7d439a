import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScriptSummary } from '../core/foreign/script/script-run.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { projectRoot, temporaryFolder } from '../e2e/tool.ts';
import { endpointSummary, measuredRun, runSummary } from '../testing/runs.ts';
import { type ScriptFixture, scriptSummary } from '../testing/script-summaries.ts';
import { saveBaseline, showBaseline } from './baseline.ts';
import { compare } from './compare.ts';

const MINUTES = 60_000;
const START = Date.parse('2026-11-24T09:00:00Z');

let results: string;
let printed: string[];
beforeEach(() => {
  results = temporaryFolder();
  printed = [];
});

const terminal = {
  print: (text: string) => void printed.push(text),
  say: () => {},
  annotate: () => {},
  hasColour: false,
};

function write(summary: RunSummary | ScriptSummary): string {
  const { runId } = summary;
  mkdirSync(path.join(results, runId));
  writeFileSync(path.join(results, runId, 'summary.json'), JSON.stringify(summary));
  return runId;
}

/** Runs in turn, two minutes apart. */
function writeRuns(okMs: { readonly base: number; readonly head: number }) {
  const runs = (['base', 'head', 'head', 'base', 'base', 'head'] as const).map((side, i) => {
    const fixture: ScriptFixture = {
      runId: `run-${i + 1}`,
      release: side === 'base' ? '1.4' : '1.5',
      startedAtMs: START + i * 2 * MINUTES,
      okMs: okMs[side] * (1 + i / 1000),
    };
    return { side, runId: write(scriptSummary(fixture)) };
  });
  const of = (side: 'base' | 'head') => runs.filter((run) => run.side === side).map(({ runId }) => runId);
  return { base: of('base'), head: of('head') };
}

const request = () => ({ resultsFolder: results, workingFolder: projectRoot });

const compared = (base: readonly string[], head: readonly string[]) =>
  compare(
    {
      base,
      head,
      earlier: [],
      selfChecks: [],
      policy: {},
      allowsMissingBaseline: false,
      outputs: { prints: {}, files: {} },
      environment: {},
      ...request(),
    },
    terminal,
  );

const save = (names: readonly string[], changes: { readonly allowsFailed?: boolean } = {}) =>
  saveBaseline({ release: '1.4', names, allowsFailed: false, replaces: false, ...request(), ...changes }, terminal);

describe('runs of a script', () => {
  it.each([
    ['of which head is slower regressed', 30, 1, /REGRESSED: .*GET \/orders\/\{id\}: p95\b/],
    ['that do not differ pass', 20, 0, /UNCHANGED/],
  ])('%s', async (_, headMs, exitCode, said) => {
    const { base, head } = writeRuns({ base: 20, head: headMs });
    expect(await compared(base, head)).toBe(exitCode);
    expect(printed.join('\n')).toMatch(said);
    expect(printed.join('\n')).toContain('shop: base 1.4 (3 runs), head 1.5 (3 runs)');
  });

  it('are kept as a baseline, shown, and compared with', async () => {
    const { base, head } = writeRuns({ base: 20, head: 20 });
    expect(await save(base)).toBe(0);
    expect(printed.join('\n')).toContain('Baseline 1.4: 3 runs of shop');
    showBaseline('1.4', request(), terminal);
    expect(printed.join('\n')).toMatch(/run-1 +pass +600 +\S+ ms +10\/s/);
    expect(await compared(['1.4'], head)).toBe(0);
    expect(printed.join('\n')).toContain('UNCHANGED');
  });

  it('of another script are incomparable with the baseline, and told in what they differ', async () => {
    const { base } = writeRuns({ base: 20, head: 20 });
    await save(base);
    const other = write(
      scriptSummary({ runId: 'other', release: '1.5', startedAtMs: START + 60 * MINUTES, okMs: 21, script: 'b' }),
    );
    expect(await compared(['1.4'], [other])).toBe(4);
    expect(printed.join('\n')).toContain('the script, or something that it imports, is another one');
  });
});

describe('a baseline', () => {
  const first = (changes: Partial<ScriptFixture> = {}) =>
    scriptSummary({ runId: 'first', release: '1.4', startedAtMs: START, okMs: 20, ...changes });

  it('is not made of a run without a fingerprint', async () => {
    const { fingerprint: _, workload: __, ...old } = first();
    await expect(save([write(old)])).rejects.toThrow(/first, a run of a script by an earlier version/);
  });

  it('is not made of a run that failed, nor of one whose verdict somebody changed', async () => {
    const failed = first({ okMs: 400 });
    expect(failed.verdict).toBe('fail');
    const names = [write({ ...failed, verdict: 'pass', reasons: ['fine'] })];
    await expect(save(names)).rejects.toThrow(/did not pass/);
    expect(await save(names, { allowsFailed: true })).toBe(0);
    showBaseline('1.4', request(), terminal);
    expect(printed.join('\n')).toMatch(/first +fail/);
  });

  it('is not made of runs of a script and of a scenario', async () => {
    await expect(
      save([write(first()), write(runSummary(measuredRun([endpointSummary('projects', { outcomes: { ok: 500 } })])))]),
    ).rejects.toThrow(/same workload[\s\S]*they do not send the same/);
  });

  it.each<[string, (run: ScriptSummary) => object, RegExp]>([
    ['a run of another workload', (run) => ({ ...run, fingerprint: `sha256:${'0'.repeat(32)}` }), /another workload/],
    ['a run without its workload', ({ workload: _, ...run }) => run, /run 1 is not whole/],
    ['values of variables', (run) => withEnvironment(run), /run 1 is not whole/],
    ['figures that cannot be', (run) => ({ ...run, load: { ...run.load, requestsPerSecond: 99 } }), /contradict/],
  ])('with %s is refused', async (_, change, message) => {
    await save([write(first())]);
    const file = path.join(results, 'baselines', '1.4.json');
    const baseline = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...baseline, runs: baseline.runs.map(change) }));
    expect(() => showBaseline('1.4', request(), terminal)).toThrow(message);
  });
});

function withEnvironment({ workload, ...run }: ScriptSummary): object {
  const scenarios = { default: { executor: 'constant-vus', env: { TOKEN: 's3cret' } } };
  return { ...run, workload: { ...workload, scenarios } };
}
