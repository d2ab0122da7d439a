import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import { VERDICTS } from '../../core/judge/verdict-rank.ts';
import { outcomeRows } from '../../core/measure/outcome-rows.ts';
import { SEVERITIES } from '../../core/spec/document/finding.ts';
import { sum } from '../../core/spec/sum.ts';
import { holdsOfEach, ofEach, outcomeCounts } from '../../testing/random-reports.ts';
import { endpointSummary, measuredRun, pooled, runSummary } from '../../testing/runs.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { reportDocument } from '../sections/report-document.ts';
import { ENDPOINT_GROUPS } from './endpoint-rows.ts';
import type { ReportFigures } from './figures.ts';
import { releasePolicyOf } from './release-policy.ts';
import { buildReport } from './report.ts';

function expectToAddUp({ requests, outcomes }: ReportFigures): void {
  expect(sum(outcomes.map(({ count }) => count))).toBe(requests);
  expect(sum(outcomes.map(({ share }) => share))).toBeCloseTo(requests > 0 ? 1 : 0, 9);
}

it('outcomes add up to requests, shares to 1, endpoints and runs to the totals', () => {
  holdsOfEach((report) => {
    const { totals, endpoints, runs } = report;
    for (const figures of [totals, ...endpoints, ...runs]) expectToAddUp(figures);
    for (const parts of [endpoints, runs]) {
      expect(sum(parts.map(({ requests }) => requests))).toBe(totals.requests);
      for (const { outcome, count } of totals.outcomes) {
        const rows = parts.flatMap(({ outcomes }) => outcomes).filter((row) => row.outcome === outcome);
        expect(sum(rows.map((row) => row.count))).toBe(count);
      }
    }
  });
});

it('ok comes first, then the others by how often, and what never happened is left out', () => {
  fc.assert(
    fc.property(outcomeCounts, (outcomes) => {
      const rows = outcomeRows(outcomes);
      expect(rows.every(({ count }) => count > 0)).toBe(true);
      expect(rows.findIndex(({ outcome }) => outcome === 'ok')).toBeLessThanOrEqual(0);
      const others = rows.filter(({ outcome }) => outcome !== 'ok').map(({ count }) => count);
      expect(others).toEqual([...others].sort((a, b) => b - a));
    }),
  );
});

it('each endpoint stands once, in one group, and the groups stand in order', () => {
  holdsOfEach(({ endpoints }, runs) => {
    const ids = new Set(runs.flatMap((each) => each.endpoints.map(({ id }) => id)));
    expect(endpoints.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const places = endpoints.map(({ group }) => ENDPOINT_GROUPS.indexOf(group));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const { group, requests, outcomes } of endpoints) {
      const notSent = outcomes.find(({ outcome }) => outcome === 'not_sent')?.count ?? 0;
      if (group === 'unmeasured') expect(requests).toBe(notSent);
    }
  });
});

it('an assessment says that nothing was ok where that is so', () => {
  holdsOfEach(({ endpoints }) => {
    for (const { assessment, outcomes } of endpoints)
      if (assessment.startsWith('No successful response'))
        expect(outcomes.map(({ outcome }) => outcome)).not.toContain('ok');
  });
});

it('counts of criteria are those of their rows', () => {
  holdsOfEach(({ verdict, criteria: { rows, passed, failed, notMeasured, notJudged } }) => {
    const count = (status: string) => rows.filter((row) => row.status === status).length;
    expect([passed, failed, notMeasured, notJudged]).toEqual(['pass', 'fail', 'not measured', 'not judged'].map(count));
    expect(passed + failed + notMeasured + notJudged).toBe(rows.length);
    if (verdict === 'incomplete') expect(passed).toBe(0);
    else expect(notJudged).toBe(0);
  });
});

it('the random tests come to every verdict, so that nothing below holds for want of a case', () => {
  const verdicts = ofEach(({ verdict }) => verdict);
  for (const verdict of VERDICTS) expect(verdicts.filter((each) => each === verdict).length).toBeGreaterThan(5);
});

it('deploy is said of a policy alone that is met, by runs that all passed, beside no critical finding', () => {
  holdsOfEach((report, runs) => {
    const { decision, problems } = report;
    const { recommendation, release } = decision;
    expect(recommendation === 'no policy').toBe(release === undefined);
    expect(recommendation === 'deploy').toBe(release?.isMet === true);
    // A measurement that is broken says nothing of the service: then nobody can tell.
    const critical = problems.filter(({ severity }) => severity === 'critical');
    const isAgainst =
      runs.some(({ verdict }) => verdict === 'fail') || critical.some(({ area }) => area !== 'measurement');
    expect(recommendation === 'do not deploy').toBe(release !== undefined && isAgainst);
    if (critical.length > 0) expect(recommendation).not.toBe('deploy');
    if (release === undefined)
      expect(renderMarkdown(reportDocument(report)).replace(/A recommendation to deploy needs .*$/m, '')).not.toMatch(
        /\bdeploy/i,
      );
    if (recommendation === 'deploy') expect(runs.every(({ verdict }) => verdict === 'pass')).toBe(true);
    expect(release?.requirements.every(({ isMet }) => isMet)).toBe(release && release.lacking.length === 0);
  });
});

it('a critical finding on the measurement alone keeps a release from being deployed, and does not speak against it', () => {
  const unexplained = [
    endpointSummary('e0', { outcomes: { ok: 60 } }),
    endpointSummary('e1', { outcomes: { unclassified: 40 } }),
  ];
  const answered = [endpointSummary('e0', { outcomes: { ok: 100 } })];
  const run = (scenario: string, endpoints: typeof answered, k6ExitCode: number) =>
    asStored(
      runSummary(measuredRun(endpoints, { runId: scenario, scenario, totals: pooled(endpoints) }), { k6ExitCode }),
    );
  const { problems, decision } = buildReport({
    runs: [run('interrupted', unexplained, 105), run('whole', answered, 0)],
    policy: releasePolicyOf({ needs: ['whole'], minDurationSeconds: 1, minSamplesPerEndpoint: 1 }),
  });
  const critical = problems.filter(({ severity }) => severity === 'critical');
  expect(critical.map(({ id, area }) => [id, area])).toEqual([['cause-not-recorded', 'measurement']]);
  expect(decision.recommendation).toBe('cannot tell');
  expect(decision.sentence).toContain('1 critical finding: 20 % of all requests');
});

it('the random tests come to every recommendation', () => {
  const said = ofEach(({ decision }) => decision.recommendation);
  for (const each of ['deploy', 'do not deploy', 'cannot tell', 'no policy'] as const)
    expect(said.filter((one) => one === each).length, each).toBeGreaterThan(5);
});

it('a pass leaves nothing failed or unmeasured', () => {
  holdsOfEach(({ verdict, criteria, endpoints, thresholds, totals }) => {
    if (verdict !== 'pass') return;
    expect(totals.requests).toBeGreaterThan(0);
    expect(criteria.rows.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(thresholds.every((threshold) => threshold.verdict === 'pass')).toBe(true);
    for (const { group, requests } of endpoints) {
      expect(['healthy', 'limited', 'broken']).toContain(group);
      expect(requests).toBeGreaterThan(0);
    }
  });
});

it('without a request nothing passes', () => {
  holdsOfEach(({ totals, verdict, criteria, positives }) => {
    if (totals.requests > 0) return;
    expect(verdict).not.toBe('pass');
    expect(criteria.passed).toBe(0);
    expect(positives).toEqual([]);
  });
});

it('the risk is that of the worst problem, each problem is a factor once, each action stands once', () => {
  holdsOfEach(({ verdict, problems, risks, actions, endpoints }) => {
    const places = problems.map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const ofService = problems.filter(({ area }) => area !== 'measurement');
    const worst = ofService[0]?.severity;
    const isGrave = worst === 'critical' || worst === 'high';
    const canTell = verdict === 'pass' || verdict === 'fail';
    expect(risks.level).toBe(
      canTell || isGrave ? (worst ?? (verdict === 'pass' ? 'none found' : 'unknown')) : 'unknown',
    );
    expect(risks.factors.flatMap(({ because }) => because)).toHaveLength(ofService.length);
    const texts = Object.values(actions).flatMap((list) => list.map(({ text }) => text));
    expect(new Set(texts).size).toBe(texts.length);
    const ids = endpoints.map(({ id }) => id);
    for (const { endpoints: affected, hypotheses } of problems) {
      for (const id of affected) expect(ids).toContain(id);
      for (const { supportedBy } of hypotheses) expect(supportedBy.length).toBeGreaterThan(0);
    }
  });
});
