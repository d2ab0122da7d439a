import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOptions } from '../cli/commands/format-options.ts';
import { listOptions, readOptions } from '../cli/commands/option.ts';
import { temporaryFolder } from '../e2e/tool.ts';
import { COMPARISON_FORMATS } from './comparison-formats.ts';
import type { Formats } from './format.ts';
import { GATE_FORMATS } from './gate-formats.ts';
import { expectOutputs, keep, publish } from './publish.ts';
import { REPORT_FORMATS } from './report-formats.ts';

/** A table with a format of each kind, of a model that is a word. */
const TABLE = {
  plain: { to: 'standard output', render: async (word) => `plain ${word}` },
  data: {
    to: 'standard output',
    option: { flags: '--data', description: 'print it as data' },
    render: async (word) => JSON.stringify(word),
  },
  rhyme: {
    to: 'named file',
    option: { flags: '--rhyme <file>', description: 'write a rhyme' },
    render: async (word, { links }) => `rhyme ${word} ${links?.runUrl}`,
  },
  log: { to: 'workflow commands', render: async (word) => `::notice::${word}` },
  step: { to: 'step summary', render: async (word) => `summary ${word}\n` },
  page: { to: 'results folder', file: 'word.html', content: 'the word', render: async (word) => `<p>${word}` },
} as const satisfies Formats<string>;

const IN_GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://example.org',
  GITHUB_REPOSITORY: 'a/b',
  GITHUB_RUN_ID: '7',
};

async function tell(flags: Readonly<Record<string, string | boolean>>, environment: Record<string, string> = {}) {
  const printed: string[] = [];
  const said: string[] = [];
  const terminal = {
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text),
    annotate: (commands: string, to: 'stdout' | 'stderr') => void (to === 'stdout' ? printed : said).push(commands),
    hasColour: false,
  };
  const outputs = readOptions(formatOptions(TABLE), (option) => flags[option.flags]);
  await publish(TABLE, 'word', outputs, { terminal, environment });
  return { printed, said };
}

it('a row with an option has it on the command line', () => {
  expect(listOptions(formatOptions(TABLE)).map(({ flags, description }) => [flags, description])).toEqual([
    ['--data', 'print it as data'],
    ['--rhyme <file>', 'write a rhyme'],
  ]);
});

describe('publish', () => {
  it('prints the usual text, and writes what is asked for alone', async () => {
    const file = path.join(temporaryFolder(), 'rhyme.txt');
    expect(await tell({})).toEqual({ printed: ['plain word'], said: [] });
    expect(existsSync(file)).toBe(false);
    await tell({ '--rhyme <file>': file }, IN_GITHUB);
    expect(readFileSync(file, 'utf8')).toBe('rhyme word https://example.org/a/b/actions/runs/7');
  });

  it('prints nothing beside a text that a program asked for', async () => {
    expect(await tell({ '--data': true }, IN_GITHUB)).toEqual({ printed: ['"word"'], said: ['::notice::word'] });
    expect(await tell({}, IN_GITHUB)).toEqual({ printed: ['plain word', '::notice::word'], said: [] });
  });

  it('adds to the step summary in GitHub Actions alone, and warns where that cannot be', async () => {
    const file = path.join(temporaryFolder(), 'step.md');
    await tell({}, { GITHUB_STEP_SUMMARY: file });
    expect(existsSync(file)).toBe(false);
    await tell({}, { ...IN_GITHUB, GITHUB_STEP_SUMMARY: file });
    await tell({}, { ...IN_GITHUB, GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file, 'utf8')).toBe('summary word\nsummary word\n');
    const { printed } = await tell({}, { ...IN_GITHUB, GITHUB_STEP_SUMMARY: path.dirname(file) });
    expect(printed.join()).toContain('::warning title=k6-verdict::The step summary could not be written');
  });

  it('refuses a file that cannot be written beforehand', () => {
    const rhyme = path.join(temporaryFolder(), 'none', 'rhyme.txt');
    expect(() => expectOutputs<typeof TABLE>({ prints: {}, files: { rhyme } })).toThrow(/cannot be written/);
    expect(() => expectOutputs<typeof TABLE>({ prints: {}, files: { rhyme: '' } })).toThrow(/cannot be written/);
  });
});

it('keep writes the rows of the results folder alone', async () => {
  const folder = temporaryFolder();
  await keep(TABLE, 'word', (name, content) => writeFileSync(path.join(folder, name), content));
  expect(readdirSync(folder)).toEqual(['word.html']);
  expect(readFileSync(path.join(folder, 'word.html'), 'utf8')).toBe('<p>word');
});

it.each<[string, Formats<never>]>([
  ['report', REPORT_FORMATS],
  ['gate', GATE_FORMATS],
  ['comparison', COMPARISON_FORMATS],
])('the table of the %s has one text that is printed without an option, and no file twice', (_, table) => {
  const rows = Object.values(table);
  expect(rows.filter((row) => row.to === 'standard output' && row.option === undefined)).toHaveLength(1);
  const files = rows.flatMap((row) => (row.to === 'results folder' ? [row.file] : []));
  expect(new Set(files).size).toBe(files.length);
});
