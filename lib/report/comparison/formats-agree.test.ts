import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComparisonInput, compareRuns } from '../../compare/compare-runs.ts';
import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { nameOf, shortNameOf } from '../../compare/describe.ts';
import { isGated } from '../../compare/gated.ts';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import { COMPARE_EXIT } from '../../core/spec/exit-codes.ts';
import { pairsOf, randomFrom } from '../../testing/compared-runs.ts';
import { saidIn, saidTwice } from '../../testing/said.ts';
import { htmlBody } from '../document/html-body.ts';
import { renderMarkdown } from '../document/render-markdown.ts';
import { comparisonDocument } from './comparison-document.ts';
import { renderComparisonAnnotations } from './render-comparison-annotations.ts';
import { renderComparisonComment, renderComparisonSummary } from './render-comparison-comment.ts';
import { renderComparisonJunit } from './render-comparison-junit.ts';
import { renderComparisonTerminal } from './render-comparison-terminal.ts';

/** An endpoint as head answers it, against base. */
interface Change {
  readonly slower: number;
  /** Of its replies in each run, what is not ok. */
  readonly failing: number;
  readonly replies: number;
}

interface Case {
  readonly pairs: number;
  readonly noise: number;
  readonly seed: number;
  readonly changes: readonly Change[];
  readonly design: 'in turn' | 'one session against another' | 'not in turn';
  readonly isSelfCheck: boolean;
  readonly looks: 1 | 2;
  readonly isStrict: boolean;
  readonly failOn: 'regressed' | 'suspect';
  readonly accepts: boolean;
  readonly ungated: boolean;
  readonly hasOtherWorkload: boolean;
  readonly busyPairs: number;
}

const CHANGE: fc.Arbitrary<Change> = fc.record({
  slower: fc.constantFrom(1, 1, 1, 1.03, 1.12, 1.4, 4.6, 0.6),
  failing: fc.constantFrom(0, 0, 0, 0, 0.02, 0.3, 1),
  replies: fc.constantFrom(0, 12, 60, 150, 205, 450, 2500),
});

/** Where nothing fails and replies are enough: what otherwise hardly ever passes. */
const CALM: fc.Arbitrary<Change> = fc.record({
  slower: fc.constantFrom(1, 1, 1.12, 0.6),
  failing: fc.constant(0),
  replies: fc.constantFrom(205, 450, 2500),
});

const CASE: fc.Arbitrary<Case> = fc.record({
  pairs: fc.integer({ min: 1, max: 6 }),
  noise: fc.constantFrom(0, 0.003, 0.02, 0.1, 0.4),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  changes: fc.oneof(fc.array(CHANGE, { minLength: 1, maxLength: 4 }), fc.array(CALM, { minLength: 1, maxLength: 3 })),
  design: fc.constantFrom('in turn', 'in turn', 'in turn', 'one session against another', 'not in turn'),
  isSelfCheck: fc.boolean(),
  looks: fc.constantFrom(1, 2),
  isStrict: fc.boolean(),
  failOn: fc.constantFrom('regressed', 'regressed', 'suspect'),
  accepts: fc.constantFrom(false, false, true),
  ungated: fc.constantFrom(false, false, true),
  hasOtherWorkload: fc.constantFrom(false, false, false, false, true),
  busyPairs: fc.constantFrom(0, 0, 0, 1, 3),
});

/** @param hasLadders without them nothing is drawn, and no p75 decides */
function comparisonOf(given: Case, hasLadders: boolean): Comparison {
  const { pairs, noise, seed, changes, design, busyPairs, isSelfCheck, looks } = given;
  const random = randomFrom(seed);
  const arms = pairsOf(pairs, (side, pair) => ({
    hasLadders,
    load: { model: 'closed' },
    endpoints: Object.fromEntries(
      changes.map(({ slower, failing, replies }, i) => {
        const failed = side === 'head' ? Math.round(failing * replies) : 0;
        const luck = Math.exp(noise * random.normal());
        const outcomes = { ok: replies - failed, server_error: failed };
        return [`e${i}`, { medianMs: (20 + 15 * i) * luck * (side === 'head' ? slower : 1), outcomes }];
      }),
    ),
    changes: {
      ...(given.hasOtherWorkload && side === 'head' ? { fingerprint: 'sha256:ffff' } : {}),
      ...(side === 'head' && pair <= busyPairs ? { host: { ...HOST, cpuBusyShare: 1 } } : {}),
    },
  }));
  const row = { metric: 'p95', endpoint: 'e0' } as const;
  const overall = { metric: 'p95-geomean' } as const;
  const words = { until: '2026-12-31', reason: 'PERF-12' };
  const input: ComparisonInput = {
    base: arms.base,
    head: arms.head.map((run) => movedTo(run, design)),
    look: [1, looks],
    isSelfCheck,
    policy: {
      isStrict: given.isStrict,
      failOn: given.failOn,
      today: '2026-12-01',
      accept: given.accepts ? [row, overall].map((each) => ({ ...each, ...words })) : [],
      rows: given.ungated ? [{ ...row, gate: false }] : [],
    },
  };
  return compareRuns(input);
}

const HOST = { platform: 'linux', arch: 'x64', cpuModel: 'x', cores: 2, memoryBytes: 1 };

function movedTo(run: StoredRun, design: Case['design']): StoredRun {
  const hours = design === 'one session against another' ? 48 : design === 'not in turn' ? 1 : 0;
  const later = (time: string | undefined) => new Date(Date.parse(time ?? '') + hours * 3_600_000).toISOString();
  return { ...run, startedAt: later(run.startedAt), endedAt: later(run.endedAt) } as StoredRun;
}

const FIRST_WORDS: Readonly<Record<Comparison['decision'], RegExp>> = {
  pass: /^(UNCHANGED|IMPROVED|ACCEPTED)\b/,
  fail: /^(REGRESSED|SUSPECT)\b/,
  inconclusive: /^INCONCLUSIVE\b/,
  incomparable: /^NOT COMPARED\b/,
};

const isWorse = ({ state, accepted }: ComparedRow) => state === 'regressed' && accepted === undefined;

function contradictionsIn(comparison: Comparison): string[] {
  const { decision, exitCode, headline, rows, isSelfCheck } = comparison;
  const gated = rows.filter(isGated);
  const found: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) found.push(`${what}: ${headline}`);
  };
  must(FIRST_WORDS[decision].test(headline), `the headline of ${decision}`);
  must(!gated.some(isWorse) || /^REGRESSED\b/.test(headline), 'a gated row regressed');
  must(!/^REGRESSED\b/.test(headline) || gated.some(isWorse), 'no gated row regressed');
  must((exitCode === COMPARE_EXIT.regressed) === (decision === 'fail'), 'exit code 1');
  must((exitCode === COMPARE_EXIT.incomparable) === (decision === 'incomparable'), 'exit code 4');
  must(exitCode !== COMPARE_EXIT.inconclusive || decision === 'inconclusive', 'exit code 3');
  must(
    !rows.some((row) => row.state === 'regressed' && !isGated(row)) || /not gated/.test(headline),
    'a row regressed that is not gated',
  );
  must(
    !/cannot (show|tell)/.test(headline) || !rows.some(({ state }) => state === 'regressed'),
    'nothing can be told, though a row regressed',
  );
  if (decision !== 'incomparable') {
    const told = (row: ComparedRow) => headline.includes(shortNameOf(row)) || /and \d+ more/.test(headline);
    for (const row of gated.filter((each) => each.state === 'suspect' && each.accepted === undefined))
      must(gated.some(isWorse) || told(row), `${nameOf(row)} may be worse`);
    for (const row of gated.filter((each) => each.family !== 'primary' && each.state === 'incomparable'))
      must(told(row), `${nameOf(row)} was not compared`);
  }
  if (decision === 'pass') {
    must(!/^UNCHANGED/.test(headline) || !gated.some(({ state }) => state === 'improved'), 'a gated row improved');
    must(
      gated.every(
        ({ family, state, accepted }) => family !== 'primary' || accepted || /unchanged|improved/.test(state),
      ),
      'a primary row is open',
    );
  }
  must(
    isSelfCheck !== true || !/^(REGRESSED|IMPROVED)/.test(headline) || /the same/.test(headline),
    'both are the same',
  );
  return found;
}

const LINKS = { runUrl: 'https://example.org/run/1' };

function linesBeforeTheFold(comment: string): string[] {
  return (comment.split('<details>')[0] ?? '').trimEnd().split('\n');
}

describe('over random comparisons', () => {
  it('no headline contradicts a row, and the exit code goes with it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(CASE, (given) => {
        const comparison = comparisonOf(given, false);
        seen.add(/^[A-Z]+( [A-Z]+)?/.exec(comparison.headline)?.[0] ?? '');
        if (/^INCONCLUSIVE: \d+ rows? regressed \(not gated\)/.test(comparison.headline)) seen.add('beside the gate');
        for (const row of comparison.rows.filter(isGated)) seen.add(row.state);
        expect(contradictionsIn(comparison)).toEqual([]);
      }),
      { numRuns: 250, seed: 16 },
    );
    // Otherwise nothing was tried.
    for (const each of [
      'REGRESSED',
      'UNCHANGED',
      'IMPROVED',
      'INCONCLUSIVE',
      'NOT COMPARED',
      'ACCEPTED',
      'SUSPECT',
      'beside the gate',
    ])
      expect(seen).toContain(each);
    for (const state of ['regressed', 'suspect', 'improved', 'unchanged', 'inconclusive', 'confounded', 'incomparable'])
      expect(seen).toContain(state);
  });

  it('every format tells the same decision', () => {
    fc.assert(
      fc.property(CASE, (given) => {
        const comparison = comparisonOf(given, true);
        const { decision, headline, exitCode, rows } = comparison;
        const document = comparisonDocument(comparison);
        const plain = (text: string) => text.replace(/\\/g, '').replace(/\s+/g, ' ');
        for (const text of [
          renderMarkdown(document),
          renderComparisonTerminal(comparison, false),
          renderComparisonComment(comparison),
          renderComparisonSummary(comparison),
          htmlBody(document, () => ''),
        ])
          expect(plain(text)).toContain(headline);
        expect(renderComparisonComment(comparison)).toContain(
          `### Performance: ${/^[A-Z]+( [A-Z]+)?/.exec(headline)?.[0].toLowerCase()}`,
        );
        expect(saidTwice(saidIn(document.blocks))).toEqual([]);
        expect(linesBeforeTheFold(renderComparisonComment(comparison, LINKS)).length).toBeLessThanOrEqual(40);
        const [first = '', ...others] = renderComparisonAnnotations(comparison);
        expect(first.startsWith('::error')).toBe(exitCode !== 0);
        if (exitCode === 0) expect(others.filter((each) => each.startsWith('::error'))).toEqual([]);
        expect(first.startsWith('::notice')).toBe(decision === 'pass');
        const junit = renderComparisonJunit(comparison);
        expect(junit.includes('<failure')).toBe(decision === 'fail');
        expect(junit.includes('<error')).toBe(decision === 'incomparable');
        const red = rows.filter((row) => isGated(row) && isWorse(row)).length;
        expect(junit.split('<failure').length - 1).toBe(red > 0 ? red : decision === 'fail' ? 1 : 0);
      }),
      { numRuns: 30, seed: 17 },
    );
  });
});
