import { describe, expect, it } from 'vitest';
import { asStored, type RunSummary } from '../core/judge/run-summary.ts';
import { FIXTURES, STEADY } from '../testing/runs.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { renderJson } from './json.ts';
import { escapeMarkdown } from './markdown-text.ts';
import type { RunEvidence } from './model/evidence.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

const ESCAPE = '\u001b';

/** The failing run with `text` wherever text from outside ends up in a report. */
function withText(text: string): RunSummary {
  const summary = FIXTURES.failing;
  return {
    ...summary,
    target: `http://127.0.0.1/${text}`,
    release: `1.0${text}`,
    commit: `0d5b5e6${text}`,
    k6Version: `2.2.0${text}`,
    load: { ...summary.load, plan: { [`readers${text}`]: STEADY, [`writers${text}`]: STEADY } },
    purpose: `Why${text}`,
    scenario: `s${text}`,
    plan: `p${text}`,
    testId: `T${text}`,
    runId: `r${text}`,
    reasons: [`because${text}`, ...summary.reasons],
    endpoints: summary.endpoints.map((endpoint) => ({
      ...endpoint,
      id: endpoint.id + text,
      path: endpoint.path + text,
      category: endpoint.category + text,
    })),
    thresholds: summary.thresholds.map((threshold) =>
      threshold.endpoint === undefined ? threshold : { ...threshold, endpoint: threshold.endpoint + text },
    ),
    atRest: summary.atRest.map((rest) => ({ ...rest, endpoint: rest.endpoint + text, causes: [`status 404${text}`] })),
    tool: { name: `tool${text}`, version: `0.1${text}` },
    system: { name: `Service${text}`, stack: `stack${text}` },
    host: { ...summary.host, cpuModel: `CPU${text}`, platform: `os${text}`, arch: `x${text}` },
  };
}

/** Its requests fail more and more, so that there is a finding with the name of the scenario. */
const POINTS = Array.from({ length: 12 }, (_, i) => ({
  atSeconds: i + 1,
  requests: 100,
  outcomes: { ok: 100 - 8 * i, refused: 8 * i },
  requestsPerSecond: 100,
  activeUsers: 50,
}));

/** A run with `text` in what only a source of another kind says. */
function foreignRun(text: string): RunEvidence {
  const run = asStored(withText(text));
  const [first, ...others] = run.thresholds;
  return {
    ...run,
    lacks: [`Not known${text}`],
    timelineNote: `No record${text}`,
    thresholds: [...(first === undefined ? [] : [{ ...first, metric: `m${text}`, title: `t${text}` }]), ...others],
  } as RunEvidence;
}

const reportOf = (text: string) =>
  buildReport({
    runs: [foreignRun(text)],
    scenarios: [`other${text}`],
    files: [{ path: 'report.html', content: `b${text}` }],
    notes: [`noticed${text}`],
  });
const jointReportOf = (text: string) =>
  buildReport({
    runs: [
      { ...asStored(withText(text)), runId: `one${text}`, timeline: { periodSeconds: 1, points: POINTS } },
      { ...foreignRun(text), runId: `two${text}`, scenario: `other${text}` },
    ],
    joint: {
      schemaVersion: 1,
      testId: `T${text}`,
      runId: `joint${text}`,
      suite: `suite${text}`,
      purpose: `Why${text}`,
      startedAt: '2026-11-23T19:00:00.000Z',
      endedAt: '2026-11-23T19:10:00.000Z',
      planned: [],
      runIds: [`one${text}`, `two${text}`],
    },
  });
const markdownOf = (text: string) => renderMarkdown(reportDocument(reportOf(text)));
const terminalOf = (text: string, hasColour = false) => renderTerminal(reportOf(text), hasColour);

/** The number of cells of each row of each table. A pipe right behind a backslash parts no cells, not even in code. */
function tableShape(markdown: string): number[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).length);
}

/** What is left to Markdown when the folds of a report, code, where everything is literal, and escaped characters are taken out. */
function unescaped(markdown: string): string {
  const folds = /<\/?details>|<\/?summary>/g;
  return markdown
    .replaceAll(folds, '')
    .replace(/^```\n[\s\S]*?^```$/gm, '')
    .replaceAll(/\\.|(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

describe('Markdown', () => {
  it.each([
    ['HTML', '<script>alert(1)</script>'],
    ['an image', '<img src=x onerror=alert(1)>'],
    ['an entity', '&lt;b&gt;&#60;'],
    ['pipes', '|a|b|'],
    ['an escaped pipe', '\\|'],
    ['line breaks', '\n\n# Heading\r\n| a | b |\n- item'],
    ['a code fence', '\n```\n'],
    ['one backtick', '`'],
    ['backticks around HTML', '`<b>``'],
    ['a link', '[x](javascript:alert)'],
    ['emphasis', '**bold** _it_ ~~del~~'],
    ['the end of a CDATA section', ']]>'],
    ['an HTML comment', '--><b>x</b><!--'],
    ['a table row', ' | x | y |'],
  ])('keeps its structure with %s in names, paths, reasons and settings', (_case, text) => {
    const markdown = markdownOf(text);
    expect(tableShape(markdown)).toEqual(tableShape(markdownOf('')));
    expect(markdown.split('\n')).toHaveLength(markdownOf('').split('\n').length);
    expect(unescaped(markdown).replace('](report.html)', '')).not.toMatch(/<(?!!-- -->)|`|]\(/);
    const joint = renderMarkdown(reportDocument(jointReportOf(text)));
    const harmless = renderMarkdown(reportDocument(jointReportOf('')));
    expect(harmless).toContain('More and more requests fail');
    expect(tableShape(joint)).toEqual(tableShape(harmless));
    expect(joint.split('\n')).toHaveLength(harmless.split('\n').length);
    expect(unescaped(joint)).not.toMatch(/<(?!!-- -->)|`|]\(/);
  });

  it('holds no control character but the new lines of its own', () => {
    const every = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter((c) => /\p{Cc}/u.test(c));
    expect(every).toHaveLength(65);
    for (const text of [every.join(''), ...every]) {
      const markdown = markdownOf(text);
      expect(markdown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(markdown.split('\n')).toHaveLength(markdownOf('').split('\n').length);
    }
  });

  it('shows a path as it is, in code that no backtick of it can end', () => {
    expect(markdownOf('/`<b>`')).toContain('`` GET /api/projects/`<b>` ``');
    expect(markdownOf('|x')).toContain('`GET /api/projects\\|x`');
  });

  it.each([
    ['<b>', '&lt;b&gt;'],
    ['a|b', 'a\\|b'],
    ['`x`', '\\`x\\`'],
    ['a\r\n\r\nb', 'a b'],
    [`a${ESCAPE}[31mb`, 'a \\[31mb'],
    ['a\u0000\u007f\u009bb\tc', 'a b c'],
    ['&amp;', '&amp;amp;'],
    ['\\', '\\\\'],
    ['*_{}[]~#', '\\*\\_\\{\\}\\[\\]\\~\\#'],
  ])('escapes %j as %s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('a terminal', () => {
  it.each([
    ['colours', `${ESCAPE}[31m`],
    ['clearing the screen', `${ESCAPE}[2J${ESCAPE}[H`],
    ['setting its title', `${ESCAPE}]0;gone\u0007`],
    ['8-bit control sequences', '\u009b31m'],
    ['overwriting the line', '\rPASS: all is well'],
    ['backspaces', '\b\b\b\b'],
    ['new lines', '\n\nPASS: all is well\n'],
    ['deletes', '\u007f\u0000'],
  ])('is not driven by %s in names, reasons and notes', (_case, text) => {
    const plain = terminalOf(text);
    expect(plain.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(plain.split('\n')).toHaveLength(terminalOf('x').split('\n').length);
    expect(plain).not.toMatch(/^PASS/m);
    const joint = renderTerminal(jointReportOf(text), false);
    expect(joint.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(joint.split('\n')).toHaveLength(renderTerminal(jointReportOf('x'), false).split('\n').length);
    expect(joint).not.toMatch(/^PASS/m);
  });

  it('is only given colours that are our own', () => {
    const sequences = (text: string) =>
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what the test looks for
      [...terminalOf(text, true).matchAll(/\u001b\[[0-9;]*m/g)].map(([sequence]) => sequence);
    expect(sequences('').length).toBeGreaterThan(0);
    expect(sequences(`${ESCAPE}[32mPASS${ESCAPE}[0m`)).toEqual(sequences(''));
  });

  it('gets no control character at all without colour', () => {
    expect(terminalOf('').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

it('JSON gives every text back as it was, on one line each', () => {
  const text = `<script>|\`\n"\\${ESCAPE}[31m`;
  const report = reportOf(text);
  const json = renderJson(report);
  expect(JSON.parse(json)).toEqual(report);
  expect(json).not.toContain(ESCAPE);
  expect(json.split('\n')).toHaveLength(renderJson(reportOf('')).split('\n').length);
});
