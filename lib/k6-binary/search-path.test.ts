import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANNOT_FAKE_PROGRAMS, FakeComputer } from './fake-computer.ts';
import { candidatesOnPath, findOnPath } from './search-path.ts';

describe('the places PATH allows', () => {
  it('are one a folder, in order, without the empty entry that means the current folder', () => {
    expect(candidatesOnPath('k6', { PATH: '/usr/bin::/opt/my tools:' }, 'linux')).toEqual([
      '/usr/bin/k6',
      '/opt/my tools/k6',
    ]);
  });

  it('are none without PATH', () => {
    expect(candidatesOnPath('k6', {}, 'linux')).toEqual([]);
    expect(candidatesOnPath('k6', {}, 'win32')).toEqual([]);
  });

  it('have the endings of PATHEXT on Windows, as far as they start without a shell', () => {
    const env = { Path: 'C:\\bin;"C:\\Program Files\\k6"', PATHEXT: '.COM;.EXE;.BAT;.CMD' };
    expect(candidatesOnPath('k6', env, 'win32')).toEqual([
      'C:\\bin\\k6.com',
      'C:\\bin\\k6.exe',
      'C:\\Program Files\\k6\\k6.com',
      'C:\\Program Files\\k6\\k6.exe',
    ]);
  });

  it('follow the order of PATHEXT, and need none', () => {
    expect(candidatesOnPath('go', { PATH: 'C:\\go', PATHEXT: '.EXE' }, 'win32')).toEqual(['C:\\go\\go.exe']);
    expect(candidatesOnPath('go', { PATH: 'C:\\go' }, 'win32')).toEqual(['C:\\go\\go.com', 'C:\\go\\go.exe']);
    expect(candidatesOnPath('k6.exe', { PATH: 'C:\\k6' }, 'win32')).toEqual(['C:\\k6\\k6.exe']);
  });
});

describe.skipIf(CANNOT_FAKE_PROGRAMS)('a program on PATH', () => {
  let computer: FakeComputer;

  beforeEach(() => {
    computer = new FakeComputer();
  });

  afterEach(() => {
    computer.remove();
  });

  it('is not a folder, nor a file that may not be run', async () => {
    mkdirSync(path.join(computer.folder, 'a', 'k6'), { recursive: true });
    const text = computer.addK6('../b/k6', '2.2.0');
    chmodSync(text, 0o644);
    const good = computer.addK6('../c/k6', '2.2.0');
    const folders = ['a', 'missing', 'b', 'c'].map((name) => path.join(computer.folder, name));
    expect(await findOnPath('k6', { PATH: folders.join(':') })).toEqual([good]);
  });

  it('is named once, though a second folder is a link to the first', async () => {
    const good = computer.addK6('k6', '2.2.0');
    const link = path.join(computer.folder, 'link');
    symlinkSync(computer.bin, link);
    expect(await findOnPath('k6', { PATH: `${computer.bin}:${link}` })).toEqual([good]);
  });

  it('is found through a link that keeps its own path', async () => {
    const target = computer.addK6('../versions/k6-v2.2.0', '2.2.0');
    const link = path.join(computer.bin, 'k6');
    symlinkSync(target, link);
    expect(await findOnPath('k6', { PATH: computer.bin })).toEqual([link]);
  });

  it('is none where a link leads nowhere', async () => {
    symlinkSync(path.join(computer.folder, 'gone'), path.join(computer.bin, 'k6'));
    writeFileSync(path.join(computer.folder, 'file'), '');
    const PATH = `${computer.bin}:${path.join(computer.folder, 'file')}`;
    expect(await findOnPath('k6', { PATH })).toEqual([]);
  });
});
