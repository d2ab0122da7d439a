import { describe, expect, it } from 'vitest';
import { paragraph } from '../../core/spec/document/cells.ts';
import { formatCount, formatDuration, formatMs, formatRate, formatShare } from '../../core/spec/units.ts';
import { RECORDED_REPORTS } from '../../e2e/recorded-reports.ts';
import { type Said, saidIn, saidTwice } from '../../testing/said.ts';
import { buildReport, type Report } from '../model/report.ts';

import { reportDocument } from './report-document.ts';
import { actualText, limitText } from './threshold-texts.ts';

/** `Opening/tile`: a section, and the kind of text in it. */
type Place = `${string}/${Said['kind']}`;

/** What a report is about, its texts as the report writes them, and where they may stand before anything is unfolded. */
interface Fact {
  readonly name: string;
  readonly textsOf: (report: Report) => readonly (string | undefined)[];
  readonly places: readonly Place[];
}

/** A reason of the decision, or the finding that it is. */
const REASON_AND_FINDING = ['Opening/line', 'Findings/line'] as const;
/** The table of runs of a joint report, and what a question of its own tells in its own section. */
const OF_EACH_RUN = ['Runs/cell', 'Question/line', 'Question/cell', 'Question/tile'] as const;
/** The title of folded rows says the slowest of them. */
const ROWS_OF_ENDPOINTS = ['Endpoints/cell', 'Endpoints/heading', 'Journeys/cell', 'Journeys/line'] as const;
const ROWS_OF_THRESHOLDS = ['Thresholds/cell', 'Journeys/cell', 'What else k6 measured/cell'] as const;

const FACTS: readonly Fact[] = [
  { name: 'the verdict', textsOf: ({ decision }) => [decision.headline], places: ['Opening/line'] },
  {
    name: 'the decision',
    textsOf: ({ decision: { advice } }) => [advice.words, ...advice.reasons],
    places: ['Opening/line'],
  },
  {
    name: 'p95 over all endpoints',
    textsOf: ({ totals }) => [totals.ok.p95 === undefined ? undefined : formatMs(totals.ok.p95)],
    places: ['Opening/tile', ...REASON_AND_FINDING, ...OF_EACH_RUN, ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'the failed share',
    textsOf: ({ totals: { successShare } }) => [successShare === undefined ? undefined : formatShare(1 - successShare)],
    places: ['Opening/tile', ...REASON_AND_FINDING],
  },
  {
    name: 'the success rate',
    textsOf: ({ totals: { successShare } }) => [successShare === undefined ? undefined : formatShare(successShare)],
    places: [...REASON_AND_FINDING, ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'the number of requests',
    textsOf: ({ totals }) => [formatCount(totals.requests)],
    places: ['Opening/tile', ...REASON_AND_FINDING, 'Over time/cell', ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'the requests of a run',
    textsOf: ({ runs }) => runs.map(({ requests }) => formatCount(requests)),
    places: ['Opening/tile', ...REASON_AND_FINDING, 'Over time/cell', ...OF_EACH_RUN, ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'what became of all requests',
    textsOf: ({ totals }) => totals.outcomes.map(({ count }) => formatCount(count)),
    places: [...REASON_AND_FINDING, ...OF_EACH_RUN, 'Over time/cell', ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'the throughput',
    textsOf: ({ totals: { requestsPerSecond: rate } }) => [rate === undefined ? undefined : formatRate(rate)],
    places: ['Opening/tile', 'Over time/cell', 'Question/cell', ...OF_EACH_RUN],
  },
  {
    name: 'how long the load was',
    textsOf: ({ runs }) =>
      runs.flatMap(({ loadSeconds }) => (loadSeconds === undefined ? [] : formatDuration(loadSeconds))),
    places: ['Opening/tile', ...REASON_AND_FINDING, ...OF_EACH_RUN, 'Over time/cell', 'Thresholds/cell'],
  },
  {
    name: 'the load',
    textsOf: ({ runs }) => runs.flatMap(({ load }) => load),
    places: ['Opening/line', ...OF_EACH_RUN],
  },
  { name: 'the target', textsOf: ({ header }) => [header.target], places: ['Opening/line', 'Findings/line'] },
  { name: 'the release', textsOf: ({ header }) => [header.release], places: ['Opening/line'] },
  {
    name: 'what is of its record alone',
    textsOf: ({ header: { runId, startedAt, commit, host } }) => [
      runId,
      // A day alone is all that is known, and stands where moments do.
      startedAt?.includes('T') ? startedAt : undefined,
      commit,
      host?.cpuModel,
    ],
    places: [],
  },
  {
    name: 'a limit',
    textsOf: ({ thresholds }) => thresholds.map(limitText),
    places: ['Opening/tile', ...REASON_AND_FINDING, ...OF_EACH_RUN, ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'what was measured against a limit',
    textsOf: ({ thresholds }) => thresholds.map(actualText),
    // A rate that holds is that of a step of the load, which the rows over time are marked with.
    places: [
      'Over time/cell',
      'Opening/tile',
      ...REASON_AND_FINDING,
      ...OF_EACH_RUN,
      ...ROWS_OF_ENDPOINTS,
      ...ROWS_OF_THRESHOLDS,
    ],
  },
  {
    name: 'a finding in a sentence',
    textsOf: ({ problems }) => problems.map(({ summary }) => summary),
    places: [...REASON_AND_FINDING, 'Question/line'],
  },
  {
    name: 'the title of a finding',
    textsOf: ({ problems }) => problems.map(({ title }) => title),
    places: ['Findings/heading'],
  },
  {
    name: 'what a finding means and what to do',
    textsOf: ({ problems }) =>
      problems.flatMap(({ description, recommendations }) => [description, ...recommendations.map(({ text }) => text)]),
    places: ['Findings/line'],
  },
  {
    name: 'an endpoint',
    textsOf: ({ endpoints }) => endpoints.map(({ path }) => path),
    places: [...REASON_AND_FINDING, ...OF_EACH_RUN, ...ROWS_OF_ENDPOINTS],
  },
  {
    name: 'a latency or a count of an endpoint',
    textsOf: ({ endpoints }) =>
      endpoints.flatMap(({ requests, ok, outcomes }) => [
        formatCount(requests),
        ...[ok.p50, ok.p95, ok.p99].map((ms) => (ms === undefined ? undefined : formatMs(ms))),
        ...outcomes.map(({ count }) => formatCount(count)),
      ]),
    places: [...REASON_AND_FINDING, ...OF_EACH_RUN, ...ROWS_OF_ENDPOINTS, ...ROWS_OF_THRESHOLDS],
  },
  {
    name: 'a figure over time',
    textsOf: ({ overTime }) =>
      overTime.flatMap(({ points }) =>
        points.flatMap(({ requests, okMs }) => [
          formatCount(requests),
          ...[okMs?.p50, okMs?.p95, okMs?.p99].map((ms) => (ms === undefined ? undefined : formatMs(ms))),
        ]),
      ),
    places: ['Over time/cell', ...REASON_AND_FINDING, ...OF_EACH_RUN, ...ROWS_OF_ENDPOINTS, ...ROWS_OF_THRESHOLDS],
  },
  { name: 'a note', textsOf: ({ notes }) => notes, places: ['Notes/line'] },
];

const SECTIONS = [
  'Opening',
  'Findings',
  'Runs',
  'Journeys',
  'Endpoints',
  'What else k6 measured',
  'Over time',
  'Thresholds',
  'Notes',
  'Details',
];

function placeOf({ section, kind }: Said): Place {
  return `${SECTIONS.includes(section) ? section : 'Question'}/${kind}`;
}

/** Shorter ones, such as `0 %`, stand wherever anything is counted; so does the whole. */
const LEAST_LETTERS = 3;
const WHOLE = formatShare(1);

/** Each text with all that it can be: a figure may be that of two facts, and then it may stand where either may. */
function placesOfTexts(report: Report): Map<string, { readonly names: string[]; readonly places: Set<Place> }> {
  const byText = new Map<string, { names: string[]; places: Set<Place> }>();
  for (const { name, textsOf, places } of FACTS)
    for (const text of textsOf(report)) {
      if (text === undefined || text === WHOLE || text.replace(/[^\p{L}\p{N}]/gu, '').length < LEAST_LETTERS) continue;
      const known = byText.get(text) ?? { names: [], places: new Set<Place>() };
      byText.set(text, { names: [...new Set([...known.names, name])], places: new Set([...known.places, ...places]) });
    }
  return byText;
}

/** Whether a text stands in another as a whole: `12` not in `12 ms`, `12 ms` not in `112 ms`, `/api` not in `/api/users`. */
function holds(whole: string, part: string): boolean {
  const isInside = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}/_.,-]/u.test(letter);
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const after = whole.slice(at + part.length);
    // A full stop or a comma behind it only ends it where no more of a number or a word follows.
    if (!isInside(whole[at - 1]) && !/^(?:[\p{L}\p{N}/_-]|[.,]\p{N}| (?:ms|s|%)(?!\p{L}))/u.test(after)) return true;
  }
  return false;
}

function misplaced(report: Report, said: readonly Said[]): string[] {
  const open = said.filter(({ isFolded }) => !isFolded);
  return [...placesOfTexts(report)].flatMap(([text, { names, places }]) =>
    open
      .filter((each) => !places.has(placeOf(each)) && holds(each.text, text))
      .map((each) => `${names.join(' or ')}: "${text}" in ${placeOf(each)}: ${each.text}`),
  );
}

describe.each(Object.entries(RECORDED_REPORTS))('the report of %s', (_name, source) => {
  const report = buildReport(source());
  const said = saidIn(reportDocument(report).blocks);

  it('says each fact only where it may stand', () => {
    expect(misplaced(report, said)).toEqual([]);
  });

  it('says no sentence twice', () => {
    expect(saidTwice(said)).toEqual([]);
  });
});

describe('what is held of each report', () => {
  const report = buildReport(RECORDED_REPORTS.healthy?.() ?? expect.fail('no such report'));
  const { blocks } = reportDocument(report);
  const p95 = formatMs(report.totals.ok.p95 ?? expect.fail('nothing was measured'));

  it('finds a fact beside its places', () => {
    expect(misplaced(report, saidIn([...blocks, paragraph(`The p95 was ${p95}.`)]))).toHaveLength(1);
    expect(misplaced(report, saidIn([...blocks, paragraph(`The p95 was 1${p95}.`)]))).toEqual([]);
    expect(misplaced(report, saidIn([...blocks, paragraph(report.header.runId)]))).toHaveLength(1);
  });

  it('finds a sentence that is said twice, also where it is folded', () => {
    const sentence = report.decision.advice.reasons[0] ?? expect.fail('there is no reason');
    expect(
      saidTwice(saidIn([...blocks, { kind: 'details', title: 'More', blocks: [paragraph(sentence)] }])),
    ).toHaveLength(1);
  });
});
