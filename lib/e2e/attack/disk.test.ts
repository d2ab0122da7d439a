import { spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { makeProject, OWN_SCENARIO } from '../own-project.ts';
import { projectRoot, temporaryFolder } from '../tool.ts';
import { TOOL } from './started.ts';

/** A disk of its own, seen by nobody else, which is full or read-only once it holds what the calls need. */
const MOUNTED = 'mount -t tmpfs -o size=3m tmpfs "$DISK" && cp -r "$HELD"/. "$DISK"';
const SPOILED = {
  full: `${MOUNTED} && { cat /dev/zero > "$DISK/fill" 2>/dev/null || true; }`,
  'read-only': `${MOUNTED} && mount -o remount,ro "$DISK"`,
  'full later': MOUNTED,
};

interface End {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Calls {
  readonly calls: readonly { readonly args: readonly string[]; readonly environment?: Record<string, string> }[];
  readonly folder?: string;
  /** What happens in the middle of a load. */
  readonly spoil?: { readonly how: 'removed' | 'full'; readonly folder: string };
}

/** @param disk mounted and spoiled for them; undefined for a folder like any other */
function callEach(
  { calls, folder = projectRoot, spoil }: Calls,
  disk?: { held: string; place: string; how: string },
): End[] {
  const home = temporaryFolder();
  const file = path.join(home, 'calls.json');
  const common = { PATH: process.env.PATH, HOME: process.env.HOME, K6_BIN: process.env.K6_BIN ?? '', NO_COLOR: '1' };
  const [, ...tool] = TOOL;
  const whole = calls.map(({ args, environment }) => ({
    args: [...tool, ...args],
    environment: { ...common, TMPDIR: home, ...environment },
    folder,
  }));
  writeFileSync(file, JSON.stringify({ calls: whole, spoil }));
  const program = [process.execPath, fileURLToPath(new URL('call-each.mjs', import.meta.url)), file];
  const [command = '', ...args] =
    disk === undefined ? program : ['unshare', '-m', 'sh', '-c', `${disk.how} && exec "$@"`, 'sh', ...program];
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DISK: disk?.place, HELD: disk?.held },
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ status, stderr }, 'unshare -m, and mounting in it, must be allowed').toEqual({ status: 0, stderr: '' });
  return (JSON.parse(stdout) as { ends: End[] }).ends;
}

/** Two runs of the same workload, and two parts of one. */
function heldRuns(): string {
  const held = temporaryFolder();
  const recorded = path.join(projectRoot, 'lib', 'report', 'recorded', 'healthy', 'summary.json.gz');
  const summary = JSON.parse(gunzipSync(readFileSync(recorded)).toString('utf8')) as RunSummary;
  const put = (name: string, changes: object) => {
    mkdirSync(path.join(held, name), { recursive: true });
    writeFileSync(path.join(held, name, 'summary.json'), JSON.stringify({ ...summary, ...changes }));
  };
  put('run-1', {});
  put('part-1', { runId: 'whole', instance: 1 });
  // No two measure the same to the last digit.
  const { latencyMs, ...totals } = summary.totals;
  const all = { ...latencyMs.all, avg: (latencyMs.all.avg ?? 0) + 1e-6 };
  const others = { totals: { ...totals, latencyMs: { ...latencyMs, all } } };
  put('run-2', { runId: 'run-2', ...others });
  put('part-2', { runId: 'whole', instance: 2, ...others });
  return held;
}

describe.each(['full', 'read-only'] as const)('on a disk that is %s', (how) => {
  it('every command says so, and none takes it for a defect of ours', () => {
    const place = temporaryFolder();
    const at = (name: string) => path.join(place, name);
    const judged = { stdout: /PASS|pass/ };
    const untold = { stderr: how === 'full' ? /the disk is full/ : /the disk is read-only/ };
    const unsent = { stderr: /nothing was sent/ };
    type Expected = { readonly stdout?: RegExp; readonly stderr?: RegExp };
    const table: readonly (readonly [string[], number, Expected, Record<string, string>?])[] = [
      [['gate', at('run-1')], 0, judged],
      [['gate', at('run-1'), '--junit', at('gate.xml')], 2, untold],
      [['gate', at('run-1'), '--comment', at('gate.md')], 2, untold],
      [['gate', at('run-1')], 0, judged, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at('step.md') }],
      [['report', at('run-1')], 2, untold],
      [['report', at('run-1'), '--out', at('out')], 2, untold],
      [['report', at('run-1'), at('run-2'), '--results', place], 2, untold],
      [['merge', at('part-1'), at('part-2'), '--results', place], 2, untold],
      [['compare', '--base', at('run-1'), '--head', at('run-2'), '--results', place], 2, untold],
      [['baseline', 'save', '1.4', at('run-1'), '--results', place], 2, untold],
      [['run', 'smoke', '--results', at('results')], 2, unsent],
      [['run', 'smoke', '--results', place, '--instance', '1/2', '--run-id', 'r'], 2, unsent],
      [['run', 'soak', '--segment', '30s', '--results', place], 2, unsent],
      [['run', 'smoke'], 2, { stderr: /the disk is full|the disk is read-only/ }, { TMPDIR: place }],
      [['ab', '--aa', '--scenario', 'smoke', '--results', place], 2, {}],
      [['suite', 'load-concurrent', '--results', place], 2, {}],
    ];
    const ends = callEach(
      { calls: table.map(([args, , , environment]) => ({ args, ...(environment && { environment }) })) },
      { held: heldRuns(), place, how: SPOILED[how] },
    );
    for (const [i, [args, exitCode, expected]] of table.entries()) {
      const end = ends[i];
      const told = `${args.join(' ')}\n${end?.stdout}\n${end?.stderr}`;
      expect.soft(end?.exitCode, told).toBe(exitCode);
      expect.soft(end?.stderr, told).not.toMatch(/a defect|\n\s+at .*:\d+:\d+/);
      if (expected.stdout !== undefined) expect.soft(end?.stdout, told).toMatch(expected.stdout);
      if (expected.stderr !== undefined) expect.soft(end?.stderr, told).toMatch(expected.stderr);
    }
  });
});

describe('results that cannot be kept any more after a load', () => {
  const project = () => {
    const folder = makeProject({
      declarations: "const own = defineEndpoint({ id: 'health', path: '/', category: 'Health' });",
      endpoints: '[own]',
      budgets: '{ overall: { successShare: 0.5 }, everyEndpoint: {}, endpoints: { health: {} } }',
      plan: '{ users: k6.constantUsers({ users: 1, durationSeconds: 2, thinkTimeSeconds: 0.05 }) }',
    });
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  it.each(['removed', 'full'] as const)('for a folder that is %s leave the verdict, and are kept elsewhere', (how) => {
    const place = temporaryFolder();
    const calls = [{ args: ['run', OWN_SCENARIO, '--results', path.join(place), '--no-baseline'] }];
    const disk = how === 'full' ? { held: temporaryFolder(), place, how: SPOILED['full later'] } : undefined;
    const [end] = callEach({ calls, folder: project(), spoil: { how, folder: place } }, disk);
    expect(end?.exitCode, `${end?.stdout}\n${end?.stderr}`).toBe(0);
    expect(end?.stdout).toContain('PASS');
    expect(end?.stderr).toMatch(how === 'full' ? /the disk is full/ : /it is not there/);
    expect(end?.stderr).toMatch(/kept in: .*: summary\.json, .*report\.html/);
    mkdirSync(place, { recursive: true });
  });
});

it('standard output that is full is told, and its exit code is that of the verdict', () => {
  const held = heldRuns();
  const [, ...tool] = TOOL;
  const full = openSync('/dev/full', 'w');
  const gate = (name: string) =>
    spawnSync(process.execPath, [...tool, 'gate', path.join(held, name)], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
  const { status, stderr } = gate('run-1');
  expect(status, stderr).toBe(2);
  expect(stderr).toMatch(
    /^k6-verdict: standard output cannot be written, and is lost: the disk is full \(ENOSPC\)\.$/m,
  );
  expect(stderr).not.toMatch(/\n\s+at /);
});
