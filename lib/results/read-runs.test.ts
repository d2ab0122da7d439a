import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../core/spec/errors.ts';
import { FIXTURES } from '../testing/runs.ts';
import { readInputs, readRuns } from './read-runs.ts';

const golden = (name: string) => fileURLToPath(new URL(`../core/foreign/fixtures/golden/${name}`, import.meta.url));
const summaryOf = (runId: string, changes: object = {}): string =>
  JSON.stringify({ ...FIXTURES.healthy, runId, ...changes });

const JOINT = {
  schemaVersion: 1,
  testId: 'LOAD-CONCURRENT-001',
  runId: 'joint',
  suite: 'load-concurrent',
  purpose: '',
  startedAt: '2026-11-23T19:00:00.000Z',
  endedAt: '2026-11-23T19:10:00.000Z',
  planned: [
    { scenario: 'b', plan: 'reference' },
    { scenario: 'a', plan: 'reference' },
  ],
  runIds: ['run-b', 'run-a'],
};

/** A results folder with these files in it. */
function resultsWith(files: Readonly<Record<string, string>>): { resultsFolder: string; at: (name: string) => string } {
  const resultsFolder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-')));
  onTestFinished(() => rmSync(resultsFolder, { recursive: true, force: true }));
  const at = (name: string) => path.join(resultsFolder, name);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  }
  return { resultsFolder, at };
}

const TWO_RUNS = {
  'run-a/summary.json': summaryOf('run-a'),
  'run-b/summary.json': summaryOf('run-b'),
  'joint/joint.json': JSON.stringify(JOINT),
};

const idsOf = (read: ReturnType<typeof readRuns>) => read.runs.map(({ run }) => run.runId);

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  return expect.fail('nothing was refused');
}

describe('runs are read', () => {
  it('from their folders, in the order in which they are named', () => {
    const results = resultsWith(TWO_RUNS);
    const read = readRuns([results.at('run-b'), results.at('run-a')], results);
    expect(idsOf(read)).toEqual(['run-b', 'run-a']);
    expect(read.runs.map(({ folder }) => folder)).toEqual([results.at('run-b'), results.at('run-a')]);
    expect(read.runs[0]?.run).toMatchObject({ source: 'k6-verdict', lacks: [], verdict: 'pass' });
    expect(read).toMatchObject({ notes: [] });
    expect(read).not.toHaveProperty('joint');
  });

  it('by their ids in the results of the project, and from their summaries', () => {
    const results = resultsWith(TWO_RUNS);
    const read = readRuns(['run-b', results.at('run-a/summary.json')], results);
    expect(idsOf(read)).toEqual(['run-b', 'run-a']);
    expect(read.runs[1]?.folder).toBe(results.at('run-a'));
  });

  it('as the latest one when none is named', () => {
    const results = resultsWith({ ...TWO_RUNS, latest: 'run-a\n' });
    expect(idsOf(readRuns([], results))).toEqual(['run-a']);
    expect(idsOf(readRuns([results.at('latest')], results))).toEqual(['run-a']);
    writeFileSync(results.at('latest'), 'joint');
    expect(idsOf(readRuns([], results))).toEqual(['run-b', 'run-a']);
  });

  it('of a joint test in its order', () => {
    const results = resultsWith(TWO_RUNS);
    for (const name of ['joint', 'joint/joint.json']) {
      const read = readRuns([results.at(name)], results);
      expect(idsOf(read)).toEqual(['run-b', 'run-a']);
      expect(read).toMatchObject({ joint: JOINT, jointFolder: results.at('joint'), notes: [] });
    }
  });

  it('of a joint test without those that left no summary, which are named', () => {
    const results = resultsWith({
      'run-a/summary.json': summaryOf('run-a'),
      'run-b/k6.log': '',
      'joint/joint.json': JSON.stringify({ ...JOINT, runIds: ['run-b', 'run-a', 'run-c'] }),
    });
    const read = readRuns([results.at('joint')], results);
    expect(idsOf(read)).toEqual(['run-a']);
    expect(read.joint?.runIds).toHaveLength(3);
    expect(read.notes).toEqual([
      'run-b has no summary and is left out: k6 died before it wrote its figures, or the run has not ended yet.',
      'run-c has no summary and is left out: its folder is gone.',
    ]);
  });

  it('once, however often they are named', () => {
    const results = resultsWith(TWO_RUNS);
    const read = readRuns(['run-a', results.at('run-a'), results.at('joint'), 'run-a'], results);
    expect(idsOf(read)).toEqual(['run-a', 'run-b']);
    expect(read.notes).toEqual(['run-a was named 4 times, and counts once.']);
    expect(read.joint?.runId).toBe('joint');
  });

  it('of more than one test without a joint verdict', () => {
    const results = resultsWith({ ...TWO_RUNS, 'run-d/summary.json': summaryOf('run-d') });
    const read = readRuns(['joint', 'run-d'], results);
    expect(idsOf(read)).toEqual(['run-b', 'run-a', 'run-d']);
    expect(read).not.toHaveProperty('joint');
    expect(read.notes).toEqual([expect.stringMatching(/more than one test/)]);
  });

  it('of each process, where several share the id of their run', () => {
    const results = resultsWith({ 'one.json': summaryOf('run'), 'two.json': summaryOf('run', { instance: 2 }) });
    const read = readRuns([results.at('one.json'), results.at('two.json')], results);
    expect(read.runs.map(({ run }) => run.instance)).toEqual([1, 2]);
  });

  it("from k6's own files, which get an id of their name and content", () => {
    const results = resultsWith({});
    for (const [name, to] of [
      ['handle-summary.json', 'my summary.json'],
      ['summary-export.json', 'export.json'],
      ['machine-readable.json', 'machine.json'],
    ] as const) {
      cpSync(golden(name), results.at(to));
    }
    const files = ['my summary.json', 'export.json', 'machine.json'].map(results.at);
    const read = readRuns([...files, results.at('export.json')], results);
    expect(read.runs.map(({ run }) => run.source)).toEqual(['handleSummary', 'summary-export', 'machine-readable']);
    expect(idsOf(read)).toEqual([
      expect.stringMatching(/^my-summary-[0-9a-f]{8}$/),
      expect.stringMatching(/^export-[0-9a-f]{8}$/),
      expect.stringMatching(/^machine-[0-9a-f]{8}$/),
    ]);
    expect(read.runs[0]).not.toHaveProperty('folder');
    expect(read.notes).toEqual([expect.stringMatching(/^export-\w+ was named 2 times/)]);
  });

  it('from a copy of a file once, whatever the copy is called', () => {
    const results = resultsWith({});
    for (const to of ['export.json', 'copy.json']) cpSync(golden('summary-export.json'), results.at(to));
    const read = readRuns(['export.json', 'copy.json'].map(results.at), results);
    expect(idsOf(read)).toEqual([expect.stringMatching(/^export-/)]);
    expect(read.notes).toEqual([expect.stringMatching(/^copy-\w+ was named 2 times, and counts once\.$/)]);
  });

  it('from two files of one name, which are told apart by their folders', () => {
    const exported = readFileSync(golden('summary-export.json'), 'utf8');
    const results = resultsWith({
      'canary/k6/summary.json': exported,
      'staging/k6/summary.json': `${exported}\n`,
      'other.json': `${exported}\n\n`,
    });
    const read = readRuns(['canary/k6/summary.json', 'staging/k6/summary.json', 'other.json'].map(results.at), results);
    expect(read.runs.map(({ run }) => run.scenario)).toEqual(['canary/k6/summary', 'staging/k6/summary', 'other']);
    expect(new Set(idsOf(read)).size).toBe(3);
  });

  it('from UTF-16, as PowerShell redirects into a file', () => {
    const results = resultsWith({});
    const bytes = Buffer.from(readFileSync(golden('summary-export.json'), 'utf8'), 'utf16le');
    writeFileSync(results.at('a.json'), Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]));
    expect(readRuns([results.at('a.json')], results).runs[0]?.run.totals.requests).toBe(24);
  });

  it('with a byte order mark, which Windows likes to write', () => {
    const results = resultsWith({ 'a.json': `\uFEFF${readFileSync(golden('summary-export.json'), 'utf8')}` });
    expect(readRuns([results.at('a.json')], results).runs).toHaveLength(1);
  });
});

describe('nothing is read, and the mistake is named,', () => {
  it('where there is no such run: the nearest one is suggested', () => {
    const results = resultsWith(TWO_RUNS);
    expect(messageOf(() => readRuns(['run-aa'], results))).toBe(
      [
        'There is no such run.',
        '  received: "run-aa"',
        '  expected: a run folder, a file with a summary, or the id of a run in results/',
        `  to do:    did you mean "${results.at('run-a')}"?`,
      ].join('\n'),
    );
    expect(messageOf(() => readRuns(['x'], { resultsFolder: results.at('none') }))).toContain('run a test first');
  });

  it('where no run was made yet, or the latest one is gone', () => {
    const empty = resultsWith({});
    expect(messageOf(() => readRuns([], empty))).toMatch(/^There is no latest run\.\n.*\n.*\n.*k6-verdict run smoke$/);
    for (const name of ['gone', '', '../..', '.']) {
      const results = resultsWith({ ...TWO_RUNS, latest: name });
      const message = messageOf(() => readRuns([], results));
      expect(message).toMatch(/^The latest run is gone: /);
      expect(message).toContain(`name another one, such as ${results.at('run-b')}`);
    }
  });

  it('where a run died', () => {
    const results = resultsWith({ 'died/k6.log': 'x', 'kept/k6.log': 'x', 'kept/.measured.json': '{}' });
    const died = messageOf(() => readRuns(['died'], results));
    expect(died).toContain('The run died has no summary: there is nothing to report or to judge.');
    expect(died).toContain(`read ${results.at('died/k6.log')} for what k6 said last`);
    expect(messageOf(() => readRuns(['kept'], results))).toContain('they are kept in .measured.json');
  });

  it('where a folder is none of a run', () => {
    const results = resultsWith({ ...TWO_RUNS, 'other/export.json': '{}', 'other/b.txt': '' });
    expect(messageOf(() => readRuns([results.resultsFolder], results))).toMatch(
      /is not a run, but holds 3\..*such as .*run-b$/s,
    );
    expect(messageOf(() => readRuns([results.at('other')], results))).toMatch(
      /a folder with b\.txt, export\.json.*export\.json$/s,
    );
    mkdirSync(results.at('empty'));
    expect(messageOf(() => readRuns([results.at('empty')], results))).toContain('received: an empty folder');
  });

  it('where not one run of a joint test is left', () => {
    const results = resultsWith({ 'joint/joint.json': JSON.stringify(JOINT) });
    expect(messageOf(() => readRuns(['joint'], results))).toContain(
      'Not one run of the joint test joint has a summary.',
    );
  });

  it.each([
    [
      '{}',
      /does not name the runs of a joint test\.\n {2}received: schemaVersion is missing; testId is missing; .*; and 4 more/,
    ],
    ['[]', /received: it must be an object, not a list/],
    [
      JSON.stringify({ ...JOINT, runIds: ['run-a', '../../etc'] }),
      /does not name the runs.*received: runIds\[1\] must be the name of a folder, not another text/s,
    ],
    [JSON.stringify({ ...JOINT, runIds: ['..'] }), /runIds\[0\] must be the name of a folder/],
    [JSON.stringify({ ...JOINT, planned: [{}] }), /received: planned\[0\]\.scenario is missing/],
    [JSON.stringify({ ...JOINT, suite: 1 }), /received: suite must be text, not 1/],
    [JSON.stringify({ ...JOINT, schemaVersion: 2 }), /newer k6-verdict/],
    ['', /joint\.json is empty/],
  ])('where joint.json is %s', (content, message) => {
    const results = resultsWith({ ...TWO_RUNS, 'joint/joint.json': content });
    expect(messageOf(() => readRuns(['joint'], results))).toMatch(message);
  });

  const withoutTotals = { ...FIXTURES.healthy, totals: undefined };
  const [first, ...others] = FIXTURES.healthy.endpoints;
  it.each<[string, string, RegExp]>([
    ['is empty', ' \n', /a\.json is empty\./],
    ['is cut off', '{"metrics": {"http_reqs": {"co', /a\.json is cut off: it ends in the middle\./],
    ['is not JSON', 'http_reqs: 12', /a\.json is not JSON\./],
    [
      "is k6's raw output",
      '{"type":"Metric","data":{}}\n{"type":"Point"}\n',
      /a\.json is k6's raw output \(--out json\)/,
    ],
    [
      'is of no known shape',
      '{"a":1,"b":2}',
      /is not a summary of a run\.\n {2}received: an object with "a", "b"\n {2}expected: .*--summary-export/,
    ],
    ['is a list', '[]', /received: a list/],
    ['is a number', '1', /received: a whole number\n/],
    ['is a report', '{"schemaVersion":1,"verdict":"pass","headline":"PASS"}', /it is a report: name the summary\.json/],
    [
      'holds what a scenario of k6-verdict measured',
      JSON.stringify({ testId: 'A', scenario: 'smoke', endpoints: [], thresholds: [], atRest: [], metrics: {} }),
      /nothing of it has been judged\..*to do: +run the scenario with k6-verdict run/s,
    ],
    [
      'is of a newer version',
      summaryOf('a', { schemaVersion: 3 }),
      /newer k6-verdict\.\n {2}received: schemaVersion 3/,
    ],
    ['has parts missing', JSON.stringify(withoutTotals), /is not whole\.\n {2}received: totals is missing\n/],
    ['has parts too many', summaryOf('a', { setup_data: 1 }), /received: setup_data is not known\n/],
    [
      'has a part of another kind',
      summaryOf('a', { load: { ...FIXTURES.healthy.load, model: 'odd' } }),
      /received: load\.model must be one of "closed", "open", not another text/,
    ],
    [
      'contradicts itself',
      summaryOf('a', { endpoints: [{ ...first, outcomes: { ok: 1 } }, ...others] }),
      /contradict each other\.\n {2}received: endpoints\[0\]\.requests is 500; .*\n {2}expected: endpoints\[0\]\.requests is 1, one for each outcome/,
    ],
    [
      'says one thing twice',
      '{"metrics":{},"metrics":{}}',
      /says one thing twice\.\n {2}received: two members "metrics"/,
    ],
    [
      'is written by hand in part',
      '{"schemaVersion":1,"source":"hand-made","testId":"A"}',
      /runId is missing; .*written by hand/s,
    ],
  ])('where a file %s', (_case, content, message) => {
    const results = resultsWith({ 'a.json': content });
    expect(messageOf(() => readRuns([results.at('a.json')], results))).toMatch(message);
  });
});

it('a joint test lacks the plans that no run of it has, however often another one is named', () => {
  const results = resultsWith({
    'run-a/summary.json': summaryOf('run-a', { scenario: 'a', plan: 'reference' }),
    'joint/joint.json': JSON.stringify({ ...JOINT, runIds: ['run-a', 'run-a'] }),
  });
  expect(readInputs([results.at('joint')], results)).toMatchObject({
    missingRuns: 1,
    missing: ['1 of 2 plans of joint, without b (reference)'],
  });
});

it('a joint test has no run that it did not plan', () => {
  const results = resultsWith({
    'run-a/summary.json': summaryOf('run-a', { scenario: 'a', plan: 'reference' }),
    'run-c/summary.json': summaryOf('run-c', { scenario: 'c', plan: 'reference' }),
    'joint/joint.json': JSON.stringify({
      ...JOINT,
      planned: [{ scenario: 'a', plan: 'reference' }],
      runIds: ['run-a', 'run-c'],
    }),
  });
  expect(readInputs([results.at('joint')], results).missing).toEqual([
    'the 1 plan of joint, and beside it c (reference), which it did not plan',
  ]);
});
