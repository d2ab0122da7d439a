import { describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../../e2e/recorded-reports.ts';
import { judgeGate } from '../../report/gate/judge-gate.ts';
import { buildReport } from '../../report/model/report.ts';
import { judgeAnswerAgain } from './judge-answer-again.ts';
import type { OwnRun } from './run-summary.ts';

function recorded(report: 'answers' | 'bad-answers', kind: string): OwnRun {
  const run = RECORDED_REPORTS[report]?.().runs.find(({ study }) => study?.kind === kind);
  return run?.source === 'k6-verdict' ? run : expect.fail('not recorded');
}

const gateOf = (run: OwnRun) =>
  judgeGate({ runs: [run], unreadable: [], missingRuns: 0, notes: [], today: '2026-11-25' });

describe('a run that was stored with a number for what was not seen', () => {
  it('of a recovery that never came fails, however long the watch is said to have been', () => {
    const run = recorded('bad-answers', 'recovery');
    if (run.study?.kind !== 'recovery') throw new Error('no recovery');
    const edited: OwnRun = {
      ...run,
      study: { ...run.study, watchedSeconds: 29.95 },
      thresholds: run.thresholds
        .filter(({ metric }) => metric === 'recoverySeconds')
        .map((threshold) => ({ ...threshold, actual: 29.95, verdict: 'pass' as const })),
      verdict: 'pass',
      reasons: ['the one threshold holds'],
    };
    expect(judgeAnswerAgain(edited).verdict).toBe('fail');
    expect(gateOf(edited).verdict).toBe('fail');
    const report = buildReport({ runs: [edited] });
    expect(report.verdict).toBe('fail');
    expect(report.thresholds[0]).toMatchObject({ seen: 'not within 30s', verdict: 'fail' });
    expect(report.thresholds[0]).not.toHaveProperty('actual');
    expect(report.thresholds[0]).not.toHaveProperty('margin');
  });

  it('of a soak that was too short to show a drift has not passed', () => {
    const asItWas = recorded('answers', 'soak');
    const run: OwnRun = {
      ...asItWas,
      thresholds: asItWas.thresholds.map((threshold) => ({ ...threshold, verdict: 'pass' })),
      verdict: 'pass',
      reasons: ['all thresholds hold'],
    };
    expect(judgeAnswerAgain(run).verdict).toBe('no_data');
    expect(gateOf(run).verdict).toBe('no_data');
    expect(gateOf(run).reasons).toContainEqual(
      expect.stringMatching(
        /^growth of open connections per hour: .*, must be <= 5 %: 40s is too short to show it; about 1h is needed/,
      ),
    );
  });

  it('of any other kind is what it was', () => {
    for (const kind of ['breakpoint', 'pool', 'recovery', 'websocket', 'rate-limit', 'sequential']) {
      expect(judgeAnswerAgain(recorded('answers', kind)).verdict).toBe('pass');
    }
    for (const kind of ['breakpoint', 'pool', 'recovery', 'soak', 'websocket', 'rate-limit']) {
      expect(judgeAnswerAgain(recorded('bad-answers', kind)).verdict).toBe('fail');
    }
  });
});

it('its verdict only gets worse', () => {
  const run = recorded('answers', 'recovery');
  const failed: OwnRun = { ...run, verdict: 'fail', reasons: ['as it was'] };
  expect(judgeAnswerAgain(failed)).toMatchObject({ verdict: 'fail', reasons: ['as it was'] });
});
