import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { collectToEnd, collectWithin, keepLastWords } from './output.ts';
import { isGroupAlive } from './process-group.ts';
import { describeEnd, type StartedProcess, startProcess } from './start-process.ts';

vi.setConfig({ testTimeout: 20_000 });

function shell(line: string): StartedProcess {
  return startProcess({ program: line, isShell: true, stdout: 'pipe', stderr: 'pipe' });
}

function temporaryFile(name: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, name);
}

async function said(file: string): Promise<string> {
  await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8').trim()).toBeTruthy(), 10_000);
  return readFileSync(file, 'utf8').trim();
}

const groupLives = ({ pid }: StartedProcess) => pid !== undefined && isGroupAlive(pid);

describe.skipIf(process.platform === 'win32')('a process', () => {
  it('says how it ended, and what it said', async () => {
    const { end, stdout, stderr } = await collectToEnd(shell('echo out; echo err >&2; exit 3'), 100);
    expect([describeEnd(end), stdout, stderr]).toEqual(['exit code 3', 'out\n', 'err\n']);
    const killed = shell('sleep 30');
    killed.signal('SIGKILL');
    expect(describeEnd(await killed.ended)).toBe('signal SIGKILL');
  });

  it('that there is not says so, and can be stopped like any other', async () => {
    const none = startProcess({ program: '/nowhere/k6', stdout: 'pipe', stderr: 'pipe' });
    expect(await none.ended).toMatchObject({ kind: 'not_started', error: { code: 'ENOENT' } });
    await none.silent;
    await none.stop();
    const folder = startProcess({ program: 'a\0b', stdout: 'pipe', stderr: 'pipe' });
    expect(await folder.ended).toMatchObject({ kind: 'not_started', error: { code: 'ERR_INVALID_ARG_VALUE' } });
  });

  it('that says more than may be collected is killed', async () => {
    const { end, stdout } = await collectToEnd(shell('yes'), 1_000);
    expect(describeEnd(end)).toBe('signal SIGKILL');
    expect(stdout.length).toBeGreaterThan(1_000);
  });

  it('that has not ended within a time is killed, with all that it started', async () => {
    const endless = shell('sleep 30 & sleep 30');
    expect(await collectWithin(endless, { mostCharacters: 100, ms: 50 })).toBe('timed_out');
    await expect.poll(() => groupLives(endless)).toBe(false);
    expect(await collectWithin(shell('echo out'), { mostCharacters: 100, ms: 60_000 })).toMatchObject({
      stdout: 'out\n',
    });
  });

  it('is stopped with all that it started, also where its own end leaves that behind', async () => {
    for (const last of ['wait', 'exit 0']) {
      const file = temporaryFile('ready');
      const started = shell(`sleep 30 & echo yes > ${file}; ${last}`);
      await said(file);
      if (last === 'exit 0') await started.ended;
      expect(groupLives(started)).toBe(true);
      await Promise.all([started.stop(), started.stop()]);
      expect(groupLives(started)).toBe(false);
      await started.stop();
    }
  });

  it('is killed where it does not leave when it is asked to, but not before', async () => {
    const file = temporaryFile('ready');
    const stubborn = shell(`trap 'echo asked >&2' TERM; echo yes > ${file}; while :; do sleep 0.05; done`);
    const lastWords = keepLastWords(stubborn, 100);
    await said(file);
    await stubborn.stop({ graceMs: 500 });
    expect(describeEnd(await stubborn.ended)).toBe('signal SIGKILL');
    await stubborn.silent;
    expect(lastWords()).toContain('asked');
  });

  it('is in a group of its own: a Ctrl-C of the terminal does not reach it', async () => {
    const [ours, own] = await Promise.all(
      [`ps -o pgid= -p ${process.pid}`, 'ps -o pgid= -p $$'].map((line) => collectToEnd(shell(line), 100)),
    );
    expect(own?.stdout.trim()).not.toBe(ours?.stdout.trim());
  });

  it('ends with this one, with all that it started', async () => {
    const file = temporaryFile('pid');
    const module = JSON.stringify(new URL('./start-process.ts', import.meta.url).href);
    const script = `
      import { startProcess } from ${module};
      import { existsSync } from 'node:fs';
      startProcess({ program: "trap '' TERM INT; sleep 30 & echo $$ > ${file}; wait", isShell: true, stdout: 'ignore', stderr: 'ignore' });
      setInterval(() => { if (existsSync('${file}')) process.exit(7); }, 20);`;
    const register = new URL('../cli/register.mjs', import.meta.url).href;
    const { status } = spawnSync(process.execPath, ['--import', register, '--input-type=module', '--eval', script]);
    expect(status).toBe(7);
    const pid = Number(await said(file));
    await vi.waitFor(() => expect(isGroupAlive(pid)).toBe(false), 5_000);
  });

  it('keeps only its last words', async () => {
    const talkative = shell('for i in 1 2 3 4 5 6 7 8 9; do echo word $i; done; echo the end');
    const lastWords = keepLastWords(talkative, 23);
    await talkative.silent;
    expect(lastWords()).toBe('word 8\nword 9\nthe end');
  });
});

describe.skipIf(process.platform !== 'linux')('a group', () => {
  it('of which only uncollected remains are left is not alive', async () => {
    // The shell that was replaced by sleep never collects its child.
    const file = temporaryFile('pid');
    const started = shell(`sh -c 'echo $$ > ${file}' & exec sleep 30`);
    const child = await said(file);
    const stat = () => readFileSync(`/proc/${child}/stat`, 'utf8');
    await vi.waitFor(() => expect(stat()).toContain(') Z '), 5_000);
    expect(groupLives(started)).toBe(true);
    await started.stop();
    expect(groupLives(started)).toBe(false);
  });
});
