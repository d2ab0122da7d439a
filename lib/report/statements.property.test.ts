import { expect, it } from 'vitest';
import { contradictionsOfRecord } from '../core/judge/contradictions/recorded.ts';
import type { Verdict } from '../core/judge/verdict-rank.ts';
import { sum } from '../core/spec/sum.ts';
import { holdsOfEach } from '../testing/random-reports.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { judgeGate } from './gate/judge-gate.ts';
import { MOST_CURVES } from './model/endpoint-curves.ts';
import type { Report } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

const rendered = new WeakMap<Report, readonly string[]>();

/** The Markdown and the terminal's words of a report, which are made once. */
function textsOf(report: Report): readonly string[] {
  const texts = rendered.get(report) ?? [renderMarkdown(reportDocument(report)), renderTerminal(report, false)];
  rendered.set(report, texts);
  return texts;
}

const numberOf = (text: string) => Number(text.replaceAll(',', ''));
const countOf = ({ totals }: Report, ...outcomes: readonly string[]) =>
  sum(totals.outcomes.filter(({ outcome }) => outcomes.includes(outcome)).map(({ count }) => count));

it('no text of any format holds what a program says of a missing number', () => {
  holdsOfEach((report) => {
    for (const text of textsOf(report)) expect(text).not.toMatch(/NaN|undefined|Infinity|\[object|null/);
  });
});

it('no part is larger than its whole, and no share is more than all', () => {
  holdsOfEach((report) => {
    for (const text of textsOf(report)) {
      for (const [sentence, part = '', whole = ''] of text.matchAll(
        /(?<![\d.,])([\d,]*\d) of (?:the |all )?([\d,]*\d)\b/g,
      ))
        expect(numberOf(part), sentence).toBeLessThanOrEqual(numberOf(whole));
      for (const [sentence, share = ''] of text.matchAll(/([\d.,]+) % of (?:all|the) requests/g))
        expect(numberOf(share), sentence).toBeLessThanOrEqual(100);
    }
  });
});

const HEADS: Readonly<Record<Verdict, RegExp>> = {
  pass: /^PASS/,
  fail: /^FAIL/,
  no_data: /^NO DATA/,
  invalid_load: /^INVALID LOAD/,
  incomplete: /^INCOMPLETE/,
};

it('one verdict is told, in the same words, by the report, the terminal and the gate', () => {
  holdsOfEach((report, runs) => {
    const { verdict, decision } = report;
    expect(decision.headline).toMatch(HEADS[verdict]);
    const [markdown = '', terminal = ''] = textsOf(report);
    for (const text of [markdown, terminal]) expect(text.replaceAll('\\', '')).toContain(decision.headline);
    for (const [other, head] of Object.entries(HEADS))
      if (other !== verdict) expect(terminal).not.toMatch(new RegExp(head, 'm'));
    // A gate can only be stricter: it takes nothing on trust.
    if (runs.length === 1 && verdict !== 'pass') {
      const gate = judgeGate({ runs, unreadable: [], missingRuns: 0, notes: [], today: '2026-11-27' });
      expect(gate.verdict).not.toBe('pass');
    }
  });
});

it('what is said to work has no problem of its own, and what failed is not said to be well', () => {
  holdsOfEach(({ problems, positives, endpoints }) => {
    const ofService = problems.filter(({ area, severity }) => area !== 'measurement' && severity === 'critical');
    const healthy = endpoints.filter(({ group }) => group === 'healthy').map(({ id }) => id);
    const broken = new Set(endpoints.filter(({ group }) => group === 'broken').map(({ id }) => id));
    for (const { id, outcomes } of endpoints)
      if (broken.has(id)) expect(outcomes.map(({ outcome }) => outcome)).not.toContain('ok');
    for (const id of positives.flatMap((positive) => positive.endpoints)) expect([...broken]).not.toContain(id);
    for (const { id, endpoints: affected } of ofService)
      if (id.startsWith('broken')) for (const each of affected) expect(healthy).not.toContain(each);
    const said = [...positives, ...problems].map(({ id }) => id);
    expect(said.includes('all-succeeded') && said.includes('low-success')).toBe(false);
    expect(said.includes('stayed-up') && said.includes('not-accepting')).toBe(false);
  });
});

it('a positive finding says what the totals say', () => {
  holdsOfEach((report) => {
    const has = (id: string) => report.positives.some((positive) => positive.id === id);
    if (has('stayed-up')) {
      expect(countOf(report, 'server_error', 'timeout', 'refused', 'reset', 'dns', 'tls', 'other_error')).toBe(0);
      expect(countOf(report, 'not_sent', 'unclassified')).toBe(0);
    }
    if (has('all-succeeded')) expect(report.totals.successShare).toBe(1);
    const [noCrash] = report.criteria.rows.filter(({ id }) => id === 'no-crash');
    if (noCrash?.status === 'pass') expect(countOf(report, 'refused', 'reset')).toBe(0);
    const [success] = report.criteria.rows.filter(({ id }) => id === 'success');
    if (success?.status === 'pass') expect(report.totals.successShare ?? 0).toBeGreaterThan(0);
  });
});

it('no more is delivered than was planned, in the same unit', () => {
  holdsOfEach(({ runs }) => {
    for (const { planned, delivered, verdict } of runs)
      if (planned !== undefined && verdict === 'pass') expect(delivered).toBeGreaterThanOrEqual(0.98 * planned);
  });
});

it('a record tells no more than there was, and of endpoints over time no more than can be drawn', () => {
  holdsOfEach((report, runs) => {
    for (const run of runs) if (run.source === 'k6-verdict') expect(contradictionsOfRecord(run)).toEqual([]);
    for (const { id, causes = [], outcomes } of report.endpoints) {
      const of = (wanted: string) => sum(causes.filter(({ outcome }) => outcome === wanted).map(({ count }) => count));
      for (const { outcome, count } of outcomes) expect(of(outcome)).toBeLessThanOrEqual(count);
      const isDeclared = runs.every(({ endpoints }) => endpoints.every((each) => each.id !== id || each.rateLimit));
      if (isDeclared) expect(of('rate_limited')).toBe(0);
    }
    for (const { curves, atSeconds } of report.endpointsOverTime) {
      expect(curves.length).toBeLessThanOrEqual(MOST_CURVES);
      for (const { id, failed, okP95Ms } of curves) {
        expect([failed.length, okP95Ms.length]).toEqual([atSeconds.length, atSeconds.length]);
        const all = report.endpoints.find((endpoint) => endpoint.id === id)?.outcomes ?? [];
        const notOk = sum(all.filter(({ outcome }) => !isOkOrLimited(outcome)).map(({ count }) => count));
        expect(Math.min(...failed)).toBeGreaterThanOrEqual(0);
        expect(sum(failed)).toBeLessThanOrEqual(notOk);
      }
    }
  });
});

const isOkOrLimited = (outcome: string) => outcome === 'ok' || outcome === 'rate_limited';
