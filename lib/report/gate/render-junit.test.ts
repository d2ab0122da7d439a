import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { anyGate, GATES, HOSTILE, VERDICTS } from '../../testing/any-gate.ts';
import { failingGate, gateOf, passingGate } from '../../testing/gates.ts';
import type { Gate } from './gate.ts';
import { renderJunit } from './render-junit.ts';

describe('JUnit', () => {
  const schema = readFileSync(new URL('fixtures/junit-subset.xsd', import.meta.url), 'utf8');
  const errorsOf = async (contents: string): Promise<readonly string[]> => {
    const { errors } = await validateXML({ xml: { fileName: 'gate.xml', contents }, schema });
    return errors.map(({ message }) => message);
  };

  it.each([...GATES, ['hostile text', gateOf(VERDICTS, HOSTILE)] as const])(
    'is valid by the schema of Jenkins: %s',
    async (_name, gate) => {
      expect(await errorsOf(renderJunit(gate))).toEqual([]);
    },
  );

  it('holds neither control nor bidi characters', () => {
    expect(renderJunit(gateOf(VERDICTS, HOSTILE)).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
  });

  it('would be found out if it were not', async () => {
    expect(await errorsOf(renderJunit(passingGate()).replace('<testcase ', '<testcase made="up" '))).not.toEqual([]);
  });

  it('counts add up', () => {
    fc.assert(
      fc.property(anyGate, ({ verdicts, gate }) => {
        const junit = renderJunit(gate);
        const total = (name: string) => Number(new RegExp(`<testsuites [^>]*${name}="(\\d+)"`).exec(junit)?.[1]);
        expect(total('tests')).toBe(junit.match(/<testcase /g)?.length ?? 0);
        expect(total('failures')).toBe(junit.match(/<failure /g)?.length ?? 0);
        expect(junit.match(/<skipped /g)?.length ?? 0).toBe(
          verdicts.filter((verdict) => verdict === 'warn' || verdict === 'waived').length,
        );
        expect(total('errors')).toBe(gate.unreadable.length);
        expect(total('failures') + total('errors')).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  it('knows a threshold by its class and its name, whatever its limit is, and however its title reads', () => {
    const namesOf = (gate: Gate) => [...renderJunit(gate).matchAll(/<testcase classname="([^"]+)" name="([^"]+)"/g)];
    const gate = passingGate();
    const other = {
      ...gate,
      runs: gate.runs.map((run) => ({
        ...run,
        runId: 'another',
        thresholds: run.thresholds.map((row) => ({ ...row, limit: 2 * row.limit, title: `better ${row.title}` })),
      })),
    };
    const names = namesOf(gate).map(([, classname, name]) => [classname, name]);
    expect(namesOf(other).map(([, classname, name]) => [classname, name])).toEqual(names);
    expect(names).toContainEqual(['k6-verdict.sustained', 'p95']);
    expect(names).toContainEqual(['k6-verdict.sustained.system-info', 'success share']);
  });

  it('names nothing twice where a scenario ran twice, as GitLab takes a name once', () => {
    const { runs, ...gate } = passingGate();
    const junit = renderJunit({ ...gate, runs: [...runs, ...runs] });
    const names = junit.match(/<testcase classname="[^"]+" name="[^"]+"/g) ?? [];
    expect(names).toHaveLength(30);
    expect(new Set(names).size).toBe(30);
    expect(junit).toContain('<testsuite name="sustained (2)"');
  });

  it('tells of each threshold its limit, what was measured and on how many samples', () => {
    const junit = renderJunit(passingGate());
    for (const [name, value] of [
      ['system-info.p95.limit', '&lt; 500 ms'],
      ['system-info.p95.actual', '72.192 ms'],
      ['system-info.p95.samples', '120'],
      ['timeout rate.actual', '0 %'],
    ])
      expect(junit).toContain(`<property name="${name}" value="${value}"/>`);
    expect(junit).toContain(
      '<system-out>system-info: p95 of successful responses: 72 ms, must be &lt; 500 ms (120 samples)',
    );
    expect(renderJunit(failingGate())).toContain('<property name="agents.ok replies.actual" value="not measured"/>');
  });

  it('takes as long as the load did, also for who adds up its cases', () => {
    const secondsOf = (element: string) =>
      [...renderJunit(failingGate()).matchAll(new RegExp(`<${element} [^>]*time="([\\d.]+)"`, 'g'))].map(([, text]) =>
        Number(text),
      );
    expect(secondsOf('testsuites')).toEqual([73.75]);
    expect(secondsOf('testsuite')).toEqual([61.5, 12.25, 0]);
    expect(secondsOf('testcase').reduce((total, seconds) => total + seconds)).toBe(73.75);
  });

  it('has the findings of the report as output', () => {
    const gate = failingGate();
    const [output = ''] = renderJunit(gate).match(/\n {4}<system-out>[^<]*/) ?? [];
    expect(gate.findings.length).toBeGreaterThan(0);
    for (const text of [gate.headline, ...gate.findings.map(({ summary }) => summary), ...gate.caveats])
      expect(output).toContain(text);
  });

  it('fails where the gate does, whatever the reason', () => {
    const interrupted = failingGate();
    const [, only] = interrupted.runs;
    const junit = renderJunit({ ...interrupted, runs: only === undefined ? [] : [only], unreadable: [] });
    expect(junit).toMatch(/name="verdict of the run"[^>]*>\s*<failure type="failure" message="incomplete: the run was/);
    const missing: Gate = {
      ...passingGate(),
      verdict: 'incomplete',
      exitCode: 1,
      reasons: ['1 planned run left nothing'],
    };
    expect(renderJunit(missing)).toContain('message="1 planned run left nothing"');
    expect(renderJunit({ ...missing, runs: [], headline: 'nothing' })).toContain(
      '<error type="error" message="nothing"',
    );
  });
});
