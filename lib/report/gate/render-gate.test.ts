import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import type { ThresholdVerdict } from '../../core/judge/threshold.ts';
import { RECORDED_REPORTS } from '../../e2e/recorded-reports.ts';
import { anyGate, GATES, HOSTILE, VERDICTS } from '../../testing/any-gate.ts';
import { failingGate, gateOf, passingGate } from '../../testing/gates.ts';
import { journeyRun } from '../../testing/journeys.ts';
import { COMMENT_MARKERS } from '../comment.ts';
import type { Gate } from './gate.ts';
import { judgeGate } from './judge-gate.ts';
import { renderAnnotations } from './render-annotations.ts';
import { renderComment } from './render-comment.ts';
import { renderGateJson } from './render-gate-json.ts';
import { renderGateTerminal } from './render-gate-terminal.ts';
import { renderJunit } from './render-junit.ts';
import { renderStepSummary } from './render-step-summary.ts';

describe.each(GATES)('the verdict of a %s', (name, gate) => {
  it('as plain text for a terminal', async () => {
    await expect(renderGateTerminal(gate, false)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('as annotations', async () => {
    await expect(`${renderAnnotations(gate).join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.annotations.txt`);
  });

  it('as a comment on a pull request', async () => {
    const comment = renderComment(gate, { runUrl: 'https://github.com/team/service/actions/runs/1' });
    await expect(comment).toMatchFileSnapshot(`golden/${name}.comment.md`);
  });

  it('as JUnit XML', async () => {
    await expect(renderJunit(gate)).toMatchFileSnapshot(`golden/${name}.junit.xml`);
  });

  it('names each threshold in every format that has them all', () => {
    const rows = gate.runs.flatMap(({ thresholds }) => thresholds);
    const junit = renderJunit(gate);
    const summary = renderStepSummary(gate);
    expect(junit.match(/<testcase /g)?.length).toBe(rows.length + gate.runs.length + gate.unreadable.length);
    // Those of an endpoint that does not hold them stand on the screen together, each one in its own row below.
    const table = summary.slice(summary.indexOf('<details>'));
    expect(
      table.match(/^\| .*(p95 of successful|success rate|timeouts|server errors|connections|successful responses)/gm),
    ).toHaveLength(rows.length);
  });

  it('tells of a waiver in every format', () => {
    const isWaived = gate.runs.some(({ warnings }) => warnings.some((warning) => warning.includes('waived')));
    const formats = [
      renderGateTerminal(gate, false),
      renderGateJson(gate),
      renderAnnotations(gate).join('\n'),
      renderComment(gate),
      renderStepSummary(gate),
      renderJunit(gate),
    ];
    for (const format of formats) {
      expect(format.includes('PERF-12: the index is being built') || format.includes('PERF-12%3A')).toBe(isWaived);
      expect(format.includes('2026-12-31')).toBe(isWaived);
    }
  });
});

it('names the environment of a run in every format that has its figures', () => {
  const run = asStored({ ...journeyRun(), environment: 'staging' });
  const gate = judgeGate({ runs: [run], unreadable: [], missingRuns: 0, notes: [], today: '2026-11-24' });
  expect(renderGateTerminal(gate, false)).toContain('environment staging, at http://127.0.0.1:8000');
  expect(JSON.parse(renderGateJson(gate)).runs).toMatchObject([{ environment: 'staging' }]);
  expect(renderJunit(gate)).toContain('name="environment" value="staging"');
  for (const text of [renderComment(gate), renderStepSummary(gate)])
    expect(text).toContain('| staging (http\\://127.0.0.1:8000) |');
  const unnamed = { ...gate, runs: gate.runs.map(({ environment: _, ...rest }) => rest) };
  expect(renderComment(unnamed)).toContain('| http\\://127.0.0.1:8000 |');
});

describe('JSON', () => {
  const written = (gate: Gate) => JSON.parse(renderGateJson(gate));

  it.each(GATES)('is the gate itself, readable: %s', (_name, gate) => {
    expect(written(gate)).toEqual(JSON.parse(JSON.stringify(gate)));
    expect(renderGateJson(gate)).toMatch(/^\{\n {2}"schemaVersion": 1,\n[\s\S]*\n\}\n$/);
  });

  it('of a pass has these members', () => {
    const { runs, ...gate } = written(passingGate());
    expect(gate).toEqual({
      schemaVersion: 1,
      verdict: 'pass',
      exitCode: 0,
      headline: 'PASS (demo target): the planned load was delivered and every threshold holds.',
      reasons: ['all 14 thresholds hold'],
      decision: {
        recommendation: 'no policy',
        sentence: expect.stringMatching(
          /^Shown: 3 endpoints answered 50 users for 1m1\.5s\. Not shown: the behaviour of your/,
        ),
        advice: {
          words: 'No release policy is declared, so nothing is recommended.',
          reasons: [
            'Shown: 3 endpoints answered 50 users for 1m1.5s.',
            expect.stringMatching(/^Not shown: the behaviour/),
          ],
        },
      },
      findings: [],
      caveats: ['1 threshold is judged on a percentile of too few samples: system-info has 120, and 400 are needed'],
      unreadable: [],
      notes: [],
    });
    const [{ thresholds, ...run }] = runs;
    expect(runs).toHaveLength(1);
    expect(run).toEqual({
      runId: '20261123T190000Z-sustained-a1b2c3',
      scenario: 'sustained',
      source: 'k6-verdict',
      endedAt: '2026-11-23T19:01:05.500Z',
      commit: '0d5b5e6d06ec43aefda15ca3e7f7adc70e12f1e2',
      release: '1.4.2',
      k6ExitCode: 0,
      verdict: 'pass',
      requests: 1500,
      target: 'http://127.0.0.1:8000',
      loadSeconds: 61.5,
      requestsPerSecond: expect.closeTo(24.39, 2),
      okP95Ms: expect.any(Number),
      failedShare: 0,
      reasons: ['all 14 thresholds hold'],
      warnings: [],
      notes: [expect.stringMatching(/^The target was the embedded reference backend/)],
    });
    expect(thresholds).toHaveLength(14);
    expect(thresholds[0]).toEqual({
      metric: 'okP95Ms',
      limit: 500,
      operator: '<',
      unit: 'ms',
      samples: 1120,
      actual: 159.769023,
      verdict: 'pass',
      scenario: 'sustained',
      title: 'p95 of successful responses',
      margin: 0.680461954,
      shareOverLimit: expect.closeTo(0.000514, 6),
    });
  });

  it('of a failure says what failed, what was waived and what could not be read', () => {
    const gate = written(failingGate());
    expect(gate).toMatchObject({
      verdict: 'incomplete',
      exitCode: 1,
      headline: 'INCOMPLETE: the test was cut short: 0 of 2 runs passed.',
      unreadable: [
        {
          name: 'cut.json',
          what: 'cut.json is cut off: it ends in the middle.',
          received: 'Unexpected end of JSON input',
          expected: 'summary.json of k6-verdict',
          todo: 'run the test again',
        },
      ],
      notes: ['k6-1 was named 2 times, and counts once.'],
      runs: [
        { scenario: 'mixed', verdict: 'fail', k6ExitCode: 99, requests: 900 },
        { scenario: 'sustained', verdict: 'incomplete', k6ExitCode: 105, requests: 175 },
      ],
    });
    expect(gate.runs[0].warnings).toEqual([
      'projects: p95 of successful responses: 1.4 s, must be < 500 ms (500 samples): waived until 2026-12-31: PERF-12: the index is being built',
      'system-info: success rate (excluding expected 429s): 95 %, must be >= 99 % (400 samples): only warns',
    ]);
    expect(gate.runs[0].thresholds).toEqual([
      expect.objectContaining({ metric: 'serverErrors', actual: 20, verdict: 'fail' }),
      expect.objectContaining({ endpoint: 'system-info', actual: 516.987, hasFewSamples: true, verdict: 'fail' }),
      expect.objectContaining({
        endpoint: 'projects',
        verdict: 'waived',
        waiver: { reason: 'PERF-12: the index is being built', until: '2026-12-31' },
      }),
      expect.objectContaining({ metric: 'successShare', verdict: 'warn', level: 'warn' }),
      {
        metric: 'okReplies',
        endpoint: 'agents',
        limit: 1,
        operator: '>=',
        unit: 'count',
        samples: 0,
        verdict: 'no_data',
        scenario: 'mixed',
        title: 'successful responses',
      },
    ]);
  });
});

it('a terminal has colours where it wants them, and the same text', () => {
  const esc = String.fromCharCode(27);
  for (const [, gate] of GATES) {
    const coloured = renderGateTerminal(gate, true);
    expect(coloured).toContain(`${esc}[`);
    expect(renderGateTerminal(gate, false)).not.toContain(esc);
    expect(coloured.replace(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(renderGateTerminal(gate, false));
  }
});

it('no text from outside drives the terminal, or starts a line of its own', () => {
  const lines = renderGateTerminal(gateOf(VERDICTS, HOSTILE), false).split('\n');
  expect(lines.filter((line) => line.startsWith('::'))).toEqual([]);
  expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
});

describe('annotations', () => {
  it('are ten at most, one line each, the verdict first, and say how many are left out', () => {
    fc.assert(
      fc.property(anyGate, ({ verdicts, gate }) => {
        const annotations = renderAnnotations(gate);
        const notHeld = verdicts.filter((verdict) => verdict !== 'pass').length + gate.unreadable.length;
        expect(annotations.length).toBe(Math.min(10, 1 + notHeld));
        expect(annotations[0]).toMatch(/^::error title=FAIL%3A the service/);
        for (const each of annotations) expect(each).toMatch(/^::(error|warning|notice) title=[^:,\r\n]+::[^\r\n]+$/);
        if (notHeld > 9) expect(annotations[9]).toContain(`${notHeld - 8} more are in the step summary`);
      }),
      { numRuns: 60 },
    );
  });

  it('of a pass are a notice', () => {
    expect(renderAnnotations(passingGate())).toEqual([
      expect.stringMatching(
        /^::notice title=PASS \(demo target\)%3A the planned load was delivered and every threshold holds\.::Shown: 3 /,
      ),
    ]);
  });

  it('hold nothing that the runner would read as more than text', () => {
    for (const line of renderAnnotations(gateOf(VERDICTS, HOSTILE))) {
      expect(line).not.toMatch(/[\p{Cc}\u202e\u2066]|##\[/u);
    }
  });

  it('escape as the runner reads back', () => {
    const [verdict] = renderAnnotations({
      ...passingGate(),
      headline: 'a:b,c%\n',
      decision: { recommendation: 'no policy', sentence: 'd:e,f%\r\ng', advice: { words: '', reasons: [] } },
    });
    expect(verdict).toBe('::notice title=a%3Ab%2Cc%25%0A::d:e,f%25%0Ag');
  });
});

describe('a comment', () => {
  it('fits whatever there is to tell, begins with its marker, and counts what is crossed', () => {
    fc.assert(
      fc.property(anyGate, ({ verdicts, gate }) => {
        const comment = renderComment(gate);
        const crossed = verdicts.filter((verdict) => verdict === 'fail' || verdict === 'no_data').length;
        expect(Buffer.byteLength(comment)).toBeLessThan(60_000);
        expect(comment.length).toBeLessThan(60_000);
        expect(comment.startsWith(`${COMMENT_MARKERS.gate}\n`)).toBe(true);
        expect(comment.split(COMMENT_MARKERS.gate)).toHaveLength(2);
        expect(comment).toContain(gate.headline);
        expect(comment).toContain(`${crossed} of ${verdicts.length} threshold`);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out held thresholds first, and then what else matters least', () => {
    const crossed = (count: number, verdict: ThresholdVerdict) => Array<ThresholdVerdict>(count).fill(verdict);
    const someHeld = renderComment(gateOf([...crossed(5, 'fail'), ...crossed(1000, 'pass')], 'orders'));
    expect(someHeld).toContain('And 1000 held thresholds more, left out here for length.'.replace('1000', '1,000'));
    expect(someHeld.match(/❌ fail/g)?.length).toBeGreaterThanOrEqual(5);
    const manyCrossed = renderComment(gateOf(crossed(3000, 'fail'), 'orders'));
    expect(manyCrossed).toMatch(/And 2,\d{3} failed thresholds more, left out here for length\./);
    expect(manyCrossed).toContain('3,000 of 3,000 thresholds failed');
  });

  it('shows text from outside as text', () => {
    const comment = renderComment(gateOf(['fail', 'waived'], HOSTILE));
    expect(comment).not.toContain('<img');
    expect(comment).not.toMatch(/(?<!<!-- k6-verdict:gate )-->(?!team)(?!\n###)/);
    expect(comment).not.toContain('@team');
  });

  it('links to the workflow run', () => {
    expect(renderComment(passingGate(), { runUrl: 'https://github.com/a/b/actions/runs/7' })).toContain(
      '](https://github.com/a/b/actions/runs/7)',
    );
    expect(renderComment(passingGate())).not.toContain('](http');
  });

  it('and the step summary say the same', () => {
    for (const [, gate] of GATES) {
      expect(renderComment(gate).replace(`${COMMENT_MARKERS.gate}\n`, '')).toBe(
        renderStepSummary(gate).replace(/\n$/, ''),
      );
    }
  });
});

describe('limits of journeys and of metrics of the script', () => {
  const gate = judgeGate({
    runs: [asStored(journeyRun())],
    unreadable: [],
    missingRuns: 0,
    notes: [],
    today: '2026-11-24',
  });

  it('are judged again by the figures that are stored', () => {
    expect(gate.verdict).toBe('fail');
    const { thresholds } = gate.runs[0] ?? expect.fail('no run');
    expect(thresholds.filter(({ journey }) => journey === 'buy').map(({ verdict }) => verdict)).toEqual([
      'pass',
      'pass',
      'fail',
    ]);
    expect(thresholds.find(({ custom }) => custom === 'sold')).toMatchObject({ verdict: 'pass', actual: 480 });
  });

  it('are named by what they are on in every format', () => {
    expect(renderGateTerminal(gate, false)).toMatch(/threshold +of +limit/);
    expect(renderGateTerminal(gate, false)).toMatch(/share of journeys completed +journey buy +>= 99 %/);
    expect(renderComment(gate, {})).toMatch(/\| journey buy \| .*share of journeys completed/);
    expect(renderJunit(gate)).toContain('classname="k6-verdict.shop.journey buy"');
    expect(renderAnnotations(gate).join('\n')).toContain('journey buy: share of journeys completed: 78 %25');
    expect(renderStepSummary(gate)).toContain('basket');
  });
});

describe('on a terminal of 80 columns', () => {
  const recorded = (name: string) => (RECORDED_REPORTS[name] ?? expect.fail('no such run'))().runs;
  const linesOf = (gate: Gate) => renderGateTerminal(gate, false, 80).trim().split('\n');
  const judged = (name: string) =>
    judgeGate({ runs: recorded(name), unreadable: [], missingRuns: 0, notes: [], today: '2026-11-24' });

  it('dozens of thresholds that are not held are told by endpoint, and some of them are counted', () => {
    const lines = linesOf(judged('joint'));
    expect(lines.filter((line) => line.trimEnd().length > 80)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(60);
    const many = linesOf(gateOf(Array<ThresholdVerdict>(33).fill('fail'), 'endpoint'));
    expect(many).toContain('33 of 33 thresholds failed.');
    expect(many).toContain('  and 23 more endpoints: see the report');
    expect(many.length).toBeLessThanOrEqual(50);
  });

  it('the titles of few take one line each', () => {
    for (const name of ['healthy', 'one-endpoint']) {
      const lines = linesOf(judged(name));
      expect(lines.filter((line) => line.trimEnd().length > 80)).toEqual([]);
      expect(lines.filter((line) => /^p95 +\S+ +< 500 ms/.test(line)).length).toBeGreaterThan(0);
    }
  });
});
