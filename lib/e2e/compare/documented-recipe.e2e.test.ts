import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { isGated } from '../../compare/gated.ts';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { comparisonSchema } from '../../results/report-schema.ts';
import { callTool, projectRoot, temporaryFolder } from '../tool.ts';
import { backendCommand, checkoutOf, readAb } from './ab-project.ts';

/** The step of docs/ci.md that compares, as GitHub would run it. */
function documentedCommand(): string {
  const page = readFileSync(path.join(projectRoot, 'docs', 'ci.md'), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const steps = blocks.filter((text) => text.includes('npm run ab')).flatMap((text) => parse(text) as unknown[]);
  const commands = steps.flatMap((step) => (step as { readonly run?: string }).run ?? []);
  const [command, ...others] = commands.filter((run) => run.includes('npm run ab'));
  if (command === undefined || others.length > 0) throw new Error('docs/ci.md has no such step, or several');
  return command;
}

/** As a step of a job is run. */
function runStep(command: string, cwd: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const step = execFile('bash', ['-e', '-c', command], { cwd, maxBuffer: 2 ** 26 }, (_, stdout, stderr) =>
      resolve({ exitCode: step.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** That of docs/ci.md. */
const PORT = 8000;

it('the documented job fails, in every format, for one endpoint of five that got slower', async () => {
  const folder = temporaryFolder();
  const checkout = path.join(folder, 'checkout');
  mkdirSync(checkout);
  checkoutOf(checkout, backendCommand(PORT, '--delay-ms projects=300'));
  checkoutOf(path.join(folder, 'base'), backendCommand(PORT));
  const end = await runStep(documentedCommand(), checkout);
  const said = `${end.stdout}\n${end.stderr}`;

  expect(end.exitCode, said).toBe(1);
  expect(end.stderr).toMatch(/Plan: 10 runs, 5 pairs[\s\S]*the p95 of [^;]*projects[^;]* decides/);
  expect(end.stderr).toContain('Run 10 of 10');
  const results = path.join(checkout, 'results');
  const { record, comparison, files } = readAb(results);
  expect(comparison).toMatchObject({ decision: 'fail', exitCode: 1, design: 'paired' });
  const slowed = comparison.rows.filter((row) => isGated(row) && row.endpoint === 'projects' && row.unit === 'ms');
  expect(slowed).toMatchObject([{ state: 'regressed', family: 'endpoint latency' }]);
  const { headline } = comparison;
  expect(headline).toMatch(/^REGRESSED: .*projects: p\d\d\b/);
  expect(end.stdout).toContain(headline);
  expect(readFileSync(path.join(checkout, 'comparison.md'), 'utf8')).toContain(headline);
  expect(readFileSync(path.join(checkout, 'comparison.xml'), 'utf8')).toMatch(/<failure[^>]*projects: p\d\d/);

  expect(files).toEqual(['ab.json', 'comparison.html', 'comparison.json', 'comparison.md']);
  const order = 'base head head base base head head base base head';
  expect(record.runs.map(({ side }) => side).join(' ')).toBe(order);
  const isComparison = new Ajv({ strict: false }).compile(comparisonSchema() as object);
  isComparison(comparison);
  expect(isComparison.errors).toBeNull();
  for (const { runId } of record.runs) {
    const summary = JSON.parse(readFileSync(path.join(results, runId, 'summary.json'), 'utf8')) as RunSummary;
    expect(summary.load.warmUpSeconds).toBe(2);
  }
  await expect(fetch(`http://127.0.0.1:${PORT}`)).rejects.toThrow();

  // The stored runs say the same again, without k6.
  const of = (side: 'base' | 'head') =>
    record.runs.filter((run) => run.side === side).map(({ runId }) => path.join(results, runId));
  const again = await callTool(['compare', '--base', ...of('base'), '--head', ...of('head'), '--json'], {}, checkout);
  expect(again.exitCode, again.stderr).toBe(1);
  const stored = JSON.parse(again.stdout) as typeof comparison;
  // Its one look has a level of its own: the figures are the same, and what they come to.
  expect(stored.headline).toMatch(/^REGRESSED: .*projects: p\d\d\b/);
  const figuresOf = ({ rows }: typeof comparison) => rows.map(({ baseValues, headValues }) => [baseValues, headValues]);
  expect(figuresOf(stored)).toEqual(figuresOf(comparison));
  // Ten runs of 10 s, each on a service that is started for it.
}, 900_000);
