import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../core/spec/errors.ts';
import { callProgram } from '../e2e/call-program.ts';
import { projectRoot, temporaryFolder } from '../e2e/tool.ts';
import { COMMANDS } from './program.ts';

/** A project of its own, with one stored run, its baseline, and places to spoil. */
interface Scene {
  readonly root: string;
  readonly at: (...parts: string[]) => string;
}

const run = path.join('results', 'run-1');

function scene(): Scene {
  const root = temporaryFolder();
  const at = (...parts: string[]) => path.join(root, ...parts);
  for (const folder of ['scenarios', run, 'results/joint-1', 'results/baselines', 'config/k6'])
    mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('package.json'), '{ "name": "x", "k6-verdict": { "suites": {} } }');
  cpSync(path.join(projectRoot, 'scenarios', 'smoke.ts'), at('scenarios', 'smoke.ts'));
  const recorded = path.join(projectRoot, 'lib', 'report', 'recorded', 'healthy');
  writeFileSync(at(run, 'summary.json'), gunzipSync(readFileSync(path.join(recorded, 'summary.json.gz'))));
  writeFileSync(at('results', 'latest'), 'run-1\n');
  return { root, at };
}

/** What lies at a path instead of what should. */
const SPOILED: Readonly<Record<string, (place: string) => void>> = {
  'a folder': (place) => mkdirSync(place),
  'a pipe': (place) => execFileSync('mkfifo', [place]),
  'a device without an end': (place) => symlinkSync('/dev/zero', place),
  'a link to itself': (place) => symlinkSync(place, place),
  'an empty file': (place) => writeFileSync(place, ''),
  'a text': (place) => writeFileSync(place, 'hello\n'),
  'a number': (place) => writeFileSync(place, '5'),
  nothing: () => {},
};

type Call = (scene: Scene) => { readonly args: readonly string[]; readonly environment?: Record<string, string> };

/** Every path that a command reads: where it is, and how it is called. */
const READ: Readonly<Record<string, { readonly place: string; readonly call: Call; readonly mayPass?: RegExp }>> = {
  gate: { place: 'named.json', call: ({ at }) => ({ args: ['gate', at('named.json')] }) },
  'gate of a run folder': { place: `${run}/summary.json`, call: ({ at }) => ({ args: ['gate', at(run)] }) },
  'gate of the latest run': { place: 'results/latest', call: () => ({ args: ['gate'] }) },
  'gate of a joint test': {
    place: 'results/joint-1/joint.json',
    call: ({ at }) => ({ args: ['gate', at('results', 'joint-1')] }),
  },
  'gate in a project': {
    place: 'package.json',
    call: ({ at }) => ({ args: ['gate', at(run)] }),
    mayPass: /^(nothing|a number)$/,
  },
  report: { place: 'named.json', call: ({ at }) => ({ args: ['report', at('named.json')] }) },
  'report of the latest run': { place: 'results/latest', call: () => ({ args: ['report'] }) },
  'report of a run over time': {
    place: `${run}/record.ndjson.gz`,
    call: ({ at }) => ({ args: ['report', at(run)] }),
    mayPass: /./,
  },
  merge: { place: 'named.json', call: ({ at }) => ({ args: ['merge', at('named.json'), at('named.json')] }) },
  'base of compare': {
    place: 'named.json',
    call: ({ at }) => ({ args: ['compare', '--base', at('named.json'), '--head', at(run)] }),
  },
  'head of compare': {
    place: 'named.json',
    call: ({ at }) => ({ args: ['compare', '--base', at(run), '--head', at('named.json')] }),
  },
  'noise of compare': {
    place: 'noise',
    call: ({ at }) => ({ args: ['compare', '--base', at(run), '--head', at(run), '--noise', at('noise')] }),
  },
  'baseline of compare': {
    place: 'results/baselines/1.4.json',
    call: ({ at }) => ({ args: ['compare', '--base', '1.4', '--head', at(run)] }),
  },
  'baseline save': { place: 'named.json', call: ({ at }) => ({ args: ['baseline', 'save', '1.4', at('named.json')] }) },
  'baseline show': { place: 'results/baselines/1.4.json', call: () => ({ args: ['baseline', 'show', '1.4'] }) },
  'baseline list': { place: 'results/baselines/1.4.json', call: () => ({ args: ['baseline', 'list'] }), mayPass: /./ },
  'post-comment': { place: 'named.md', call: ({ at }) => ({ args: ['post-comment', at('named.md')] }) },
  'event of post-comment': {
    place: 'event.json',
    call: ({ at }) => {
      writeFileSync(at('comment.md'), '<!-- k6-verdict gate -->\n');
      return { args: ['post-comment', at('comment.md')], environment: { GITHUB_EVENT_PATH: at('event.json') } };
    },
    mayPass: /^a number$/,
  },
  'env file of run': {
    place: 'named.env',
    call: ({ at }) => ({ args: ['run', 'smoke', '--env-file', at('named.env'), '--vus', 'none'] }),
  },
  'env file of ab': {
    place: 'named.env',
    call: ({ at }) => ({ args: ['ab', '--aa', '--scenario', 'smoke', '--env-file', at('named.env'), '--vus', 'none'] }),
  },
  'scenario of run': { place: 'scenarios/smoke.ts', call: () => ({ args: ['run', 'smoke', '--vus', 'none'] }) },
  'scenarios of run': { place: 'scenarios', call: () => ({ args: ['run', 'smoke', '--vus', 'none'] }) },
  'k6 configuration of run': {
    place: 'config/k6/config.json',
    call: ({ at }) => ({
      args: ['run', 'smoke', '--vus', '1', '--duration', '1s', '--segment', '9h'],
      environment: { XDG_CONFIG_HOME: at('config'), K6_BIN: '/nowhere/k6' },
    }),
  },
  suite: { place: 'package.json', call: () => ({ args: ['suite', 'x'] }) },
  list: { place: 'scenarios', call: () => ({ args: ['list'] }) },
  'package.json of list': { place: 'package.json', call: () => ({ args: ['list'] }), mayPass: /^a number$/ },
  'scenario of list': {
    place: 'scenarios/smoke.ts',
    call: () => ({ args: ['list'] }),
    mayPass: /^an empty file$|^a text$|^a number$/,
  },
};

/** Every path that a command writes, with the argument that names it: what lies there is no folder, or no file. */
const WRITTEN: Readonly<Record<string, (place: string, scene: Scene) => readonly string[]>> = {
  'results of compare': (place, { at }) => [
    'compare',
    '--base',
    at(run),
    '--head',
    at('other.json'),
    '--results',
    place,
  ],
  'results of merge': (place, { at }) => ['merge', at('part-1.json'), at('part-2.json'), '--results', place],
  'results of report': (place, { at }) => ['report', at(run), at('other.json'), '--results', place],
  'results of baseline save': (place, { at }) => ['baseline', 'save', '1.4', at(run), '--results', place],
  'out of report': (place, { at }) => ['report', at(run), '--out', place],
  'JUnit of gate': (place, { at }) => ['gate', at(run), '--junit', place],
  'comment of gate': (place, { at }) => ['gate', at(run), '--comment', place],
  'JUnit of compare': (place, { at }) => ['compare', '--base', at(run), '--head', at('other.json'), '--junit', place],
  'benchmark of compare': (place, { at }) => [
    ...['compare', '--base', at(run), '--head', at('other.json'), '--benchmark', place],
  ],
  'JUnit of ab': (place) => ['ab', '--aa', '--scenario', 'smoke', '--junit', place],
};

/** @returns the exit code; a message that says what to do is one of 2, as in main.ts */
async function exitCodeOf(args: readonly string[], { root }: Scene, environment = {}): Promise<number> {
  try {
    return (await callProgram(args, { workingFolder: root, environment })).exitCode;
  } catch (error) {
    // Anything else would be told as a defect of ours.
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(/\n {2}(received|expected|to do): /);
    return 2;
  }
}

describe.skipIf(process.platform === 'win32')('a path that is read', () => {
  it('is tried of every command', () => {
    const tried = new Set(Object.values(READ).map(({ call }) => call(scene()).args[0]));
    const others = COMMANDS.map(({ name }) => name).filter((name) => !tried.has(name));
    expect(others, 'it reads nothing that anybody names').toEqual(['which-k6']);
  });

  describe.each(Object.entries(READ))('%s', (_, { place, call, mayPass }) => {
    it.each(Object.entries(SPOILED))('at which there is %s', async (what, spoil) => {
      const where = scene();
      const { args, environment } = call(where);
      rmSync(where.at(place), { recursive: true, force: true });
      spoil(where.at(place));
      const exitCode = await exitCodeOf(args, where, environment);
      if (mayPass?.test(what) === true) expect([0, 2]).toContain(exitCode);
      else expect([2, 4]).toContain(exitCode);
    });
  });
});

describe.runIf(process.platform === 'linux')('a path that is written', () => {
  const PLACES: readonly (readonly [string, (scene: Scene) => string])[] = [
    ['below a file', ({ at }) => at('package.json', 'x')],
    ['below a link to itself', ({ at }) => at('loop', 'x')],
    ['with a name that is too long', ({ at }) => at('x'.repeat(300))],
    ['where nothing can be made', () => '/proc/none/x'],
  ];

  describe.each(Object.entries(WRITTEN))('%s', (_, argsFor) => {
    it.each(PLACES)('%s', async (__, placeIn) => {
      const where = scene();
      symlinkSync(where.at('loop'), where.at('loop'));
      const summary = JSON.parse(readFileSync(where.at(run, 'summary.json'), 'utf8')) as Record<string, unknown>;
      writeFileSync(where.at('other.json'), JSON.stringify({ ...summary, runId: 'run-2' }));
      for (const instance of [1, 2])
        writeFileSync(where.at(`part-${instance}.json`), JSON.stringify({ ...summary, instance }));
      expect(await exitCodeOf(argsFor(placeIn(where), where), where)).toBe(2);
    });
  });
});

it.skipIf(process.platform === 'win32')('reports and output files replace a link that lies there', async () => {
  const where = scene();
  const kept = path.join(temporaryFolder(), 'kept');
  writeFileSync(kept, 'kept');
  for (const name of ['gate.xml', `${run}/report.html`]) symlinkSync(kept, where.at(name));
  expect(await exitCodeOf(['gate', where.at(run), '--junit', where.at('gate.xml')], where)).toBe(0);
  expect(await exitCodeOf(['report', where.at(run)], where)).toBe(0);
  expect(readFileSync(kept, 'utf8')).toBe('kept');
  expect(readFileSync(where.at('gate.xml'), 'utf8')).toContain('<testsuite');
});
