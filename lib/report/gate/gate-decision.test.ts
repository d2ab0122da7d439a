import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import { VERDICTS } from '../../core/judge/verdict.ts';
import { RECORDED_REPORTS } from '../../e2e/recorded-reports.ts';
import { FIXTURES, LINUX_HOST } from '../../testing/runs.ts';
import { htmlBody } from '../document/html-body.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import type { RunEvidence } from '../model/evidence.ts';
import { releasePolicyOf } from '../model/release-policy.ts';
import { buildReport, type ReportSource } from '../model/report.ts';
import { reportDocument } from '../sections/report-document.ts';
import { renderTerminal } from '../terminal.ts';
import { type GateInput, judgeGate } from './judge-gate.ts';
import { renderAnnotations } from './render-annotations.ts';
import { renderComment } from './render-comment.ts';
import { renderGateTerminal } from './render-gate-terminal.ts';
import { renderJunit } from './render-junit.ts';

const gateOf = (runs: readonly RunEvidence[], input: Partial<GateInput> = {}) =>
  judgeGate({ runs, unreadable: [], missingRuns: 0, notes: [], today: '2026-11-24', ...input });

const recorded = (name: string): ReportSource => (RECORDED_REPORTS[name] ?? expect.fail('no such run'))();
const own = (run: RunEvidence) => ({ ...run, targetKind: 'url' }) as RunEvidence;
const policy = releasePolicyOf({ needs: ['sustained'], minDurationSeconds: 1, minSamplesPerEndpoint: 1 });

/** Words, whatever marks a format puts around or before them. */
const words = (text: string) =>
  text
    .replace(/&[a-z]+;|&#\d+;|%25|%3A|%2C|%0A/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

// A joint test is judged with what its other plans left, which the gate is told as a count.
const ALONE = Object.keys(RECORDED_REPORTS).filter((name) => name !== 'load-concurrent-001');

describe.each(ALONE)('of the %s run, the report and the gate', (name) => {
  const source = recorded(name);

  it.each([
    ['without a policy', {}],
    ['with a policy', { policy }],
  ])('say the same %s', (_what, given) => {
    const report = buildReport({ ...source, ...given });
    const gate = gateOf(source.runs, { ...given, scenarios: source.scenarios ?? [] });
    expect([gate.verdict, gate.headline]).toEqual([report.verdict, report.decision.headline]);
    expect(gate.decision).toMatchObject({
      recommendation: report.decision.recommendation,
      sentence: report.decision.sentence,
      advice: report.decision.advice,
    });
    expect(gate.findings).toEqual(
      report.problems
        .filter(({ area }) => area !== 'measurement')
        .map(({ severity, summary }) => ({ severity, summary })),
    );
  });
});

describe('every format', () => {
  const source: ReportSource = { runs: [own(asStored(FIXTURES.healthy))], scenarios: [] };
  const failing: ReportSource = { runs: [asStored(FIXTURES.failing)], scenarios: [] };
  const formatsOf = ({ runs, ...rest }: ReportSource) => {
    const report = buildReport({ runs, ...rest });
    const gate = gateOf(runs, rest as Partial<GateInput>);
    const document = reportDocument(report);
    return {
      sentence: report.decision.sentence,
      advice: report.decision.advice,
      pages: [renderMarkdown(document), htmlBody(document, () => ''), renderTerminal(report, false)],
      comment: renderComment(gate),
      texts: [
        JSON.stringify(report),
        renderGateTerminal(gate, false),
        renderJunit(gate),
        JSON.stringify(gate),
        renderAnnotations(gate).join('\n'),
      ],
    };
  };

  it.each([
    ['deploy', { ...source, policy }],
    ['the policy is not met', { ...source, policy: releasePolicyOf({ needs: ['soak'] }) }],
    ['do not deploy', { ...failing, policy }],
    ['shown', source],
    ['failed', failing],
  ])('says the same decision: %s', (_what, given) => {
    const { sentence, advice, pages, comment, texts } = formatsOf(given);
    for (const text of texts) expect(words(text)).toContain(words(sentence));
    // A page and the terminal say it as words to act on and reasons to read.
    for (const page of pages) {
      for (const each of [advice.words, ...advice.reasons]) expect(words(page)).toContain(words(each));
    }
    // In a comment, what the last reason points at follows at once.
    for (const each of [advice.words, ...advice.reasons]) expect(words(comment)).toContain(words(each));
  });

  it('says nothing of deploying without a policy, but how one is declared', () => {
    for (const given of [source, failing])
      for (const text of [...formatsOf(given).pages, formatsOf(given).comment, ...formatsOf(given).texts])
        expect(text.replace(/A recommendation to deploy needs/, '')).not.toMatch(/deploy/i);
  });
});

describe('a stored verdict', () => {
  it('that was edited does not deploy beside a critical finding', () => {
    const [recovery] = recorded('bad-answers').runs.filter(({ scenario }) => scenario === 'recovery');
    if (recovery === undefined) throw new Error('There is no recovery');
    const edited = own({
      ...recovery,
      verdict: 'pass',
      reasons: ['all 2 thresholds hold'],
      thresholds: recovery.thresholds.map((threshold) => ({ ...threshold, verdict: 'pass' })),
    } as RunEvidence);
    const asked = { policy: releasePolicyOf({ needs: ['recovery'] }) };
    const report = buildReport({ runs: [edited], ...asked });
    expect(report.problems[0]?.severity).toBe('critical');
    expect(report.decision.recommendation).toBe('do not deploy');
    expect(gateOf([edited], asked).decision.recommendation).toBe('do not deploy');
  });
});

describe('a release that is required', () => {
  const healthy = own(asStored(FIXTURES.healthy));
  const required = { isReleaseRequired: true, policy };

  it('is there where the policy is met', () => {
    expect(gateOf([healthy], required)).toMatchObject({ verdict: 'pass', exitCode: 0 });
  });

  it('fails a gate whose runs all passed, by each requirement that is lacking, in every format', () => {
    const unmet = { isReleaseRequired: true, policy: releasePolicyOf({ needs: ['sustained', 'soak'] }) };
    const gate = gateOf([healthy], unmet);
    expect(gate).toMatchObject({
      verdict: 'not_released',
      exitCode: 1,
      headline: 'NOT RELEASED: the runs passed, and the release policy is not met (1 of 10 requirements lacking).',
      reasons: ['soak was not run'],
    });
    expect(renderJunit(gate)).toMatch(
      /name="release policy"[^>]*>\s*<failure type="failure" message="soak was not run"/,
    );
    expect(renderAnnotations(gate)[0]).toMatch(/^::error title=NOT RELEASED%3A/);
    expect(renderComment(gate)).toContain('### Load test: not released');
    expect(renderGateTerminal(gate, false)).toContain('not met: soak was not run.');
  });

  it('changes no other verdict, and nothing where it is not asked for', () => {
    const unmet = releasePolicyOf({ needs: ['soak'] });
    for (const verdict of VERDICTS) {
      const run = { ...healthy, verdict, reasons: ['a reason'] } as RunEvidence;
      const [plain, asked] = [
        gateOf([run], { policy: unmet }),
        gateOf([run], { policy: unmet, isReleaseRequired: true }),
      ];
      expect(asked.exitCode).toBe(verdict === 'pass' ? 1 : plain.exitCode);
      expect(plain.exitCode === 0).toBe(verdict === 'pass');
    }
  });

  it('is not there where an input could not be read, or a plan left nothing', () => {
    const unreadable = [{ name: 'x.json', what: 'x.json is cut off' }];
    expect(gateOf([healthy], { ...required, unreadable })).toMatchObject({ exitCode: 2, verdict: 'unreadable' });
    expect(gateOf([healthy], { ...required, missingRuns: 1 }).exitCode).toBe(1);
    const { decision } = gateOf([], { ...required, unreadable });
    expect(decision).toMatchObject({ recommendation: 'cannot tell', release: { isMet: false } });
  });
});

describe('the comment on a pull request', () => {
  const screenOf = (comment: string) => comment.slice(0, comment.indexOf('<details>'));

  it('is one screen of what must be known, and says no threshold twice on it', () => {
    const gate = gateOf(recorded('joint').runs);
    const screen = screenOf(renderComment(gate));
    expect(screen.split('\n').length).toBeLessThan(45);
    expect(screen).toMatch(/the target refused or reset the connection/);
    expect(screen).toMatch(/^\*\*\d+ of 60 thresholds failed( \(\d+ of them without data\))?\.\*\*$/m);
    const rows = screen
      .split('\n')
      .filter((line) => /^\| \S+ \| [^|]+ \| ❌ \S+ /.test(line) && !line.includes('127.0.0.1'));
    expect(rows).toHaveLength(8);
    expect(new Set(rows.map((row) => row.split(' | ').slice(0, 2).join())).size).toBe(rows.length);
    // Of endpoints that fail alike it is said once.
    expect(
      new Set(
        rows.map((row) =>
          row
            .split(' | ')
            .filter((_, i) => i !== 1)
            .join(),
        ),
      ).size,
    ).toBe(rows.length);
    expect(screen).toContain('| system-stats, system-network, system-disk, services and health |');
    expect(screen).toMatch(/^And \d+ more endpoints: see the thresholds below\.$/m);
    expect(screen).not.toContain('must be');
  });

  it.each(Object.keys(RECORDED_REPORTS))('is short and says nothing twice on its screen: %s', (name) => {
    const { runs, scenarios = [] } = recorded(name);
    const screen = screenOf(renderComment(gateOf(runs, { scenarios })));
    expect(screen.split('\n').length).toBeLessThanOrEqual(45);
    const lines = screen.split('\n').filter((line) => line !== '' && !line.startsWith('|'));
    const sayings = lines
      .flatMap((line) => line.replace(/^[->#] |\*\*|^Caution: /g, '').split('. '))
      .concat(gateOf(runs, { scenarios }).caveats)
      .map(words);
    const all = words(screen);
    expect(sayings.filter((saying) => all.split(saying).length > 2)).toEqual([]);
    const cautions = lines.find((line) => line.startsWith('Caution: '))?.split('; ') ?? [];
    expect(new Set(cautions).size).toBe(cautions.length);
  });

  it('names what could not be read once, and what a release lacks besides its reasons below the screen', () => {
    const unreadable = [{ name: 'cut.json', what: 'cut.json is cut off', todo: 'run the test again' }];
    const { runs } = recorded('healthy');
    for (const given of [[], runs])
      expect(renderComment(gateOf(given, { unreadable })).split('is cut off')).toHaveLength(2);
    const needs = releasePolicyOf({ needs: ['soak', 'pool', 'recovery', 'websocket', 'rate-limit'] });
    const comment = renderComment(gateOf(runs, { policy: needs }));
    for (const scenario of ['soak', 'pool', 'recovery', 'websocket', 'rate-limit'])
      expect(comment.split(`${scenario} was not run`)).toHaveLength(2);
    expect(comment.indexOf('rate-limit was not run')).toBeGreaterThan(comment.indexOf('<details>'));
  });

  it('has a line of figures for each run: requests, rate, p95, failed, target and duration', () => {
    const { runs } = recorded('healthy');
    const screen = screenOf(renderComment(gateOf(runs)));
    expect(screen).toContain('| Scenario | Verdict | Target | Requests | Rate | ok p95 | Failed | Duration |');
    expect(screen).toMatch(/^\| sustained \| ✅ pass \| http\S+ \| 625 \| 38\/s \| [\d.]+ ms \| 0 % \| 16\.\ds \|$/m);
  });

  it('keeps what makes the figures doubtful: the demo target, a busy machine, few samples', () => {
    const [run] = recorded('healthy').runs;
    if (run === undefined) throw new Error('There is no run');
    const busy = { ...run, host: { ...LINUX_HOST, cpuBusyShare: 0.998 } } as RunEvidence;
    for (const verdict of ['pass', 'fail'] as const) {
      const screen = screenOf(renderComment(gateOf([{ ...busy, verdict }])));
      expect(screen).toContain('(demo target): ');
      expect(screen).toContain('the test machine was 99.8 % busy');
      expect(screen).toContain('percentile of too few samples');
    }
  });
});
