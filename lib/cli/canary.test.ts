import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defineEndpoint } from '../core/spec/endpoint.ts';
import { UserError } from '../core/spec/errors.ts';
import { SETTINGS } from '../core/spec/settings.ts';
import type { Command } from './commands/command.ts';
import { COMMANDS, program } from './program.ts';
import { terminalOf } from './terminal-of.ts';

const CANARY = 'c4n4ry-5ecret';

/** How a secret gets into a place that is meant for something else. */
const FORMS = [
  CANARY,
  `20${CANARY}`,
  `TOKEN=${CANARY}`,
  `${CANARY}=x`,
  `http://tester:${CANARY}@192.0.2.1/${CANARY}`,
  `http://tester:${CANARY}@127.0.0.01/?token=${CANARY}#${CANARY}`,
  `http://${CANARY}@${CANARY}@h`,
  `Bearer ${CANARY}`,
  `one\n${CANARY}`,
  `"${CANARY}`,
];

/** A host that may not be loaded: whatever else is taken, the call ends before anything is sent. */
const REFUSED = 'http://192.0.2.1';

/** Options that name scenarios, runs, files and folders, which people look up: those are shown (SECURITY.md). */
const NAMES =
  /<(file|folder|runs?\.{3}|runs?|release)>|^--(scenario|results|out|base|head|earlier|noise-from|base-dir|head-dir)\b/;

interface Place {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly packageJson?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** What the program says where a secret stands in a place, without knowing that it is one. */
async function saidOf(call: readonly string[], { args = [], environment = {}, packageJson = {}, files = {} }: Place) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const all = {
    'package.json': JSON.stringify({ name: 'x', ...packageJson }),
    'scenarios/smoke.ts': '',
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const said: string[] = [];
  const write = (text: string) => void said.push(text);
  const given = [...call, ...args].map((argument) => argument.replace('@folder', folder));
  try {
    const exitCode = await program(given, {
      terminal: terminalOf(write, write, false),
      environment: { HOME: folder, ...environment },
      workingFolder: folder,
    });
    said.push(`exit code ${exitCode}`);
  } catch (error) {
    // Anything else would be a defect, whose stack could hold everything.
    if (!(error instanceof UserError)) throw error;
    said.push(error.message);
  }
  return said.join('\n');
}

const SUITE = { 'k6-verdict': { suites: { all: { testId: 'ALL', purpose: 'x', runs: [{ name: 'smoke' }] } } } };

/** A call of each command that lacks nothing, and that sends nothing. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  run: ['run', 'smoke'],
  suite: ['suite', 'all'],
  ab: ['ab', '--scenario', 'smoke', '--head-url', `${REFUSED}:81`],
  gate: ['gate', 'no-such-run'],
  compare: ['compare', '--base', 'no-such-run', '--head', 'no-such-run'],
  'baseline save': ['baseline', 'save', '1.4', 'no-such-run'],
  'baseline list': ['baseline', 'list'],
  'baseline show': ['baseline', 'show', '1.4'],
  report: ['report', 'no-such-run'],
  merge: ['merge', 'no-such-run', 'no-such-run'],
  'post-comment': ['post-comment', '@folder/comment.md'],
  list: ['list'],
  'which-k6': ['which-k6'],
};

const leaves: readonly (readonly [string, Command])[] = COMMANDS.flatMap((each) =>
  'commands' in each
    ? each.commands.map((command) => [`${each.name} ${command.name}`, command] as const)
    : [[each.name, each] as const],
);

const sendsLoad = ([, { takesK6Arguments }]: (typeof leaves)[number]) => takesK6Arguments;
const LOAD_COMMANDS = leaves.filter(sendsLoad).map(([name]) => name);

async function expectSilence(name: string, place: Place): Promise<void> {
  const environment = { ...(LOAD_COMMANDS.includes(name) && { BASE_URL: REFUSED }), ...place.environment };
  const said = await saidOf(CALLS[name] ?? [], { packageJson: SUITE, ...place, environment });
  expect(said, JSON.stringify(place)).not.toContain(CANARY);
  expect(said).not.toBe('');
}

it('every command is called here', () => {
  expect(leaves.map(([name]) => name).sort()).toEqual(Object.keys(CALLS).sort());
  expect(LOAD_COMMANDS).toEqual(['run', 'suite', 'ab']);
});

describe.each(leaves)('%s repeats no value', (name, { options }) => {
  it('of its options', async () => {
    for (const { flags } of options) {
      const [flag] = /--[\w-]+/.exec(flags) ?? [];
      if (flag === undefined || NAMES.test(flags)) continue;
      // which-k6 and the like would do their work.
      for (const form of FORMS) await expectSilence(name, { args: [`${flag}=${form}`] });
    }
  });

  it('of options that there are not, and of arguments too many', async () => {
    for (const form of FORMS) {
      await expectSilence(name, { args: [`--nope=${form}`] });
      await expectSilence(name, { args: [`-Z${form}`] });
    }
    if (!/report|merge|gate|compare|baseline save/.test(name)) await expectSilence(name, { args: [CANARY] });
  });
});

describe.each(LOAD_COMMANDS)('%s repeats no value', (name) => {
  it.each(SETTINGS.map((setting) => setting.name))('of %s in the environment, in -e or in a file', async (variable) => {
    for (const form of FORMS) {
      await expectSilence(name, { environment: { [variable]: form } });
      await expectSilence(name, { args: ['-e', `${variable}=${form}`] });
      const files = { 'x.env': `${variable}='${form.replaceAll('\n', ' ')}'\n` };
      await expectSilence(name, { args: ['--env-file', '@folder/x.env'], files });
    }
  });

  it.each(['K6_VUS', 'K6_HTTP_DEBUG', 'K6_CONFIG', 'K6_ONCE', 'K6_TAGS', 'VERDICT_TEST_ID', 'TOKEN', 'HTTP_PROXY'])(
    'of %s in the environment',
    async (variable) => {
      for (const form of FORMS) await expectSilence(name, { environment: { [variable]: form } });
    },
  );

  it('of what is no assignment, of a file that is none, and of the configuration file of k6', async () => {
    for (const form of FORMS) {
      await expectSilence(name, { args: ['-e', form] });
      await expectSilence(name, { args: ['--env-file', '@folder/x.env'], files: { 'x.env': `A=1\n${form}\n` } });
      const files = { '.config/k6/config.json': `{ "vus": "${form}` };
      await expectSilence(name, { files });
      await expectSilence(name, { files: { '.config/k6/config.json': JSON.stringify({ vus: form }) } });
    }
  });

  it('that is to go to k6', async () => {
    for (const form of FORMS) {
      for (const option of ['--vus', '-u', '--http-debug', '-e', '--env', '--tag', '--nope', '--user-agent', '-Z']) {
        await expectSilence(name, { args: ['--', option, form, '--no-setup', form] });
        await expectSilence(name, { args: ['--', `${option}=${form}`, form] });
        await expectSilence(name, { args: ['--', form, option] });
      }
    }
  });

  it('of package.json', async () => {
    for (const form of FORMS) {
      const configs: object[] = [
        { target: form },
        { target: { url: form, command: form } },
        { target: { url: REFUSED, command: form, cwd: 1 } },
        { target: { url: REFUSED, command: form, readyTimeoutSeconds: form, reuseExisting: form } },
        { allowHosts: form },
        { allowHosts: [form, 1] },
        { system: form },
        { system: { name: 1, stack: form } },
        { suites: form },
        { suites: { all: form } },
        { suites: { all: { testId: form, purpose: form, runs: form } } },
        { suites: { all: { testId: 'A', purpose: 'x', runs: [{ name: 1, plan: form }] } } },
        { comparison: form },
        { comparison: { rows: [{ metric: form }], accept: [{ metric: 'p95', until: form, reason: '' }] } },
      ];
      for (const config of configs) {
        const environment = 'target' in config ? { BASE_URL: '' } : {};
        const suites = { ...SUITE['k6-verdict'], ...config };
        await expectSilence(name, { packageJson: { 'k6-verdict': suites }, environment });
      }
    }
    await expectSilence(name, { files: { 'package.json': `{ "name": "${CANARY}` } });
  });
});

it('ab repeats neither how a side is started nor where it answers', async () => {
  const places = [
    { args: ['--base-url', `http://u:${CANARY}@h`, '--head-url', `http://u:${CANARY}@h`] },
    { args: ['--base-url', `http://u:${CANARY}@h`, '--backend-profile', 'report'] },
    { args: ['--base-start', `TOKEN=${CANARY} npm start`], environment: { BASE_URL: '' } },
    { args: ['--head-start', `serve --token ${CANARY}`, '--head-url', `http://u:${CANARY}@192.0.2.1`] },
    { args: ['--aa', '--head-url', `http://u:${CANARY}@h`] },
  ];
  for (const place of places) await expectSilence('ab', place);
});

describe('post-comment repeats no value', () => {
  const GITHUB = {
    GITHUB_EVENT_PATH: '@folder/event.json',
    GITHUB_REPOSITORY: 'a/b',
    GITHUB_TOKEN: CANARY,
    GITHUB_API_URL: 'http://127.0.0.1:1',
  };
  const event = JSON.stringify({ pull_request: { number: 1, head: { repo: { full_name: 'a/b' } } } });
  const comment = '<!-- k6-verdict-gate -->\n';

  it.each([
    ['a token that GitHub never gets', {}, {}],
    ['an address with credentials', { GITHUB_API_URL: `http://u:${CANARY}@127.0.0.1:1` }, {}],
    ['an address that is none', { GITHUB_API_URL: CANARY }, {}],
    ['an event that is none', {}, { 'event.json': CANARY }],
    ['an event of another kind', {}, { 'event.json': JSON.stringify({ pull_request: CANARY }) }],
    ['a comment that is none', {}, { 'comment.md': CANARY }],
  ])('%s', async (_, environment, files) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(path.join(folder, 'event.json'), event);
    const given = { ...GITHUB, GITHUB_EVENT_PATH: path.join(folder, 'event.json'), ...environment };
    const all: Record<string, string> = { 'comment.md': comment, ...files };
    if (all['event.json'] !== undefined) writeFileSync(given.GITHUB_EVENT_PATH, all['event.json']);
    await expectSilence('post-comment', { environment: given, files: all });
  });
});

describe('files that are read repeat no text of theirs', () => {
  it.each([
    ['no JSON', CANARY],
    ['JSON that is cut off', `{ "a": "${CANARY}`],
    ['a text', `"${CANARY}"`],
    [
      'a summary that is not whole',
      JSON.stringify({ schemaVersion: 1, runId: CANARY, verdict: CANARY, totals: CANARY }),
    ],
    ['a newer summary', JSON.stringify({ schemaVersion: CANARY })],
    ['a record by hand', JSON.stringify({ kind: 'k6-verdict hand-made', scenario: 1, startedAt: CANARY })],
    ['a baseline', JSON.stringify({ kind: 'k6-verdict baseline', schemaVersion: 1, release: 1, runs: CANARY })],
    ["k6's own", JSON.stringify({ metrics: { http_reqs: CANARY }, root_group: CANARY })],
  ])('%s', async (_, content) => {
    const file = '@folder/results/x/summary.json';
    for (const call of [
      ['gate', file],
      ['report', file],
      ['compare', '--base', file, '--head', file],
      ['merge', file, file],
    ]) {
      const said = await saidOf(call, { files: { 'results/x/summary.json': content } });
      expect(said, call.join(' ')).not.toContain(CANARY);
    }
    const said = await saidOf(['report'], { files: { 'results/latest': content } });
    expect(said).not.toContain(CANARY);
  });
});

describe('what a scenario defines is not repeated', () => {
  const usual = { id: 'x', path: '/x', category: 'Any' } as const;

  it.each<[string, object]>([
    ['a path', { path: `/x?token=${CANARY}` }],
    ['a path without a slash', { path: CANARY }],
    ['statuses', { expectedStatuses: [CANARY] }],
    ['a timeout', { timeoutMs: CANARY }],
    ['a limit', { rateLimit: { requests: CANARY, windowSeconds: CANARY } }],
  ])('%s', (_, change) => {
    const define = () => defineEndpoint({ ...usual, ...change });
    expect(define).toThrow(UserError);
    expect(define).not.toThrow(CANARY);
  });
});
