import { asStored } from '../core/judge/run-summary.ts';
import type { ThresholdVerdict } from '../core/judge/threshold.ts';
import type { Gate, GatedRun } from '../report/gate/gate.ts';
import { judgeGate } from '../report/gate/judge-gate.ts';
import type { ThresholdRow } from '../report/model/thresholds.ts';
import { endpointSummary, FIXTURES, measuredRun, runSummary } from './runs.ts';

const NOTHING_ELSE = { unreadable: [], missingRuns: 0, notes: [], today: '2026-11-24' };

/** One run that passes. */
export function passingGate(): Gate {
  return judgeGate({ ...NOTHING_ELSE, runs: [asStored(FIXTURES.healthy)] });
}

/** Everything that can go wrong at once: a failure, an interruption, warnings, a waiver, an unstable p95, unreadable files. */
export function failingGate(): Gate {
  const endpoints = [
    endpointSummary('system-info', { outcomes: { ok: 380, server_error: 20 }, okMedianMs: 222 }),
    endpointSummary('projects', { outcomes: { ok: 500 }, okMedianMs: 600 }),
    endpointSummary('agents', { outcomes: {} }),
  ];
  const mixed = runSummary(
    measuredRun(endpoints, {
      scenario: 'mixed',
      runId: '20261124T090000Z-mixed-0d5b5e',
      thresholds: [
        { metric: 'serverErrors', limit: 0 },
        { metric: 'okP95Ms', endpoint: 'system-info', limit: 500 },
        {
          metric: 'okP95Ms',
          endpoint: 'projects',
          limit: 500,
          waiver: { reason: 'PERF-12: the index is being built', until: '2026-12-31' },
        },
        { metric: 'successShare', endpoint: 'system-info', limit: 0.99, level: 'warn' },
        { metric: 'okReplies', endpoint: 'agents', limit: 1 },
      ],
    }),
    { k6ExitCode: 99, commit: '0d5b5e6d06ec43aefda15ca3e7f7adc70e12f1e2' },
  );
  return judgeGate({
    ...NOTHING_ELSE,
    runs: [asStored(mixed), asStored(FIXTURES.incomplete)],
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
  });
}

/** A gate of any size and content, with thresholds of these verdicts, one after another. */
export function gateOf(verdicts: readonly ThresholdVerdict[], text: string, runCount = 1): Gate {
  const rows = verdicts.map(
    (verdict, i): ThresholdRow => ({
      metric: 'okP95Ms',
      title: 'p95 of successful responses',
      scenario: text,
      endpoint: `${text}${i}`,
      limit: 500,
      operator: '<',
      unit: 'ms',
      samples: 100,
      verdict,
      ...(verdict === 'no_data' ? {} : { actual: 612 + i }),
      ...(verdict === 'waived' ? { waiver: { reason: text, until: '2026-12-31' } } : {}),
      ...(verdict === 'pass' ? { unstable: { lowMs: 53, highMs: 500 }, shareOverLimit: 0.049 } : {}),
    }),
  );
  const run = (i: number): GatedRun => ({
    runId: `${text}-${i}`,
    scenario: text,
    source: 'k6-verdict',
    verdict: 'fail',
    requests: 100,
    reasons: [text],
    warnings: [text],
    target: text,
    failedShare: 0.5,
    thresholds: i === 0 ? rows : [],
    notes: [text],
  });
  return {
    schemaVersion: 1,
    verdict: 'fail',
    exitCode: 1,
    headline: 'FAIL: the service did not meet its thresholds under this load.',
    reasons: verdicts.map((_, i) => `${text} ${i}`),
    decision: { recommendation: 'no policy', sentence: text, advice: { words: text, reasons: [text] } },
    findings: [
      { severity: 'critical', summary: text },
      { severity: 'high', summary: `${text} 2` },
    ],
    caveats: [text],
    runs: Array.from({ length: runCount }, (_, i) => run(i)),
    unreadable: [{ name: text, what: text, received: text, expected: text, todo: text }],
    notes: [text],
  };
}
