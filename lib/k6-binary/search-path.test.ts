import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANNOT_FAKE_PROGRAMS, FakeComputer } from '../testing/fake-computer.ts';
import { findOnPath, foldersOnPath, programAt, programEndings } from './search-path.ts';

describe('the folders that PATH names', () => {
  it('are in order, without the empty entry that means the current folder', () => {
    expect(foldersOnPath({ PATH: '/usr/bin::/opt/my tools:' }, 'linux')).toEqual(['/usr/bin', '/opt/my tools']);
  });

  it('are none without PATH', () => {
    expect(foldersOnPath({}, 'linux')).toEqual([]);
    expect(foldersOnPath({}, 'win32')).toEqual([]);
  });

  it('may be quoted on Windows, where PATH may be spelled Path', () => {
    expect(foldersOnPath({ Path: 'C:\\bin;"C:\\Program Files\\k6";' }, 'win32')).toEqual([
      'C:\\bin',
      'C:\\Program Files\\k6',
    ]);
  });
});

describe('what a program ends in on Windows', () => {
  it.each([
    ['.COM;.EXE;.BAT;.CMD', ['.com', '.exe']],
    ['.EXE', ['.exe']],
    ['.EXE;.COM', ['.exe', '.com']],
    ['.BAT', ['.com', '.exe']],
    [undefined, ['.com', '.exe']],
  ])('with the PATHEXT %s is what starts without a shell, in that order', (PATHEXT, endings) => {
    expect(programEndings({ PATHEXT })).toEqual(endings);
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

  it('is none in the current folder, with an empty PATH or none', async () => {
    computer.addK6('k6', '2.2.0');
    const before = process.cwd();
    process.chdir(computer.bin);
    try {
      for (const env of [{}, { PATH: '' }, { PATH: ':' }]) expect(await findOnPath('k6', env)).toEqual([]);
    } finally {
      process.chdir(before);
    }
  });

  it('is named by its whole path where PATH names its folder from the current one', async () => {
    const good = computer.addK6('k6', '2.2.0');
    expect(await findOnPath('k6', { PATH: path.relative(process.cwd(), computer.bin) })).toEqual([good]);
  });
});

describe.skipIf(CANNOT_FAKE_PROGRAMS)('the program at a path', () => {
  it('is that file, if it may be run', async () => {
    const computer = new FakeComputer();
    try {
      const good = computer.addK6('k6', '2.2.0');
      expect(await programAt(good, {})).toBe(good);
      expect(await programAt(path.join(computer.bin, 'k7'), {})).toBeUndefined();
    } finally {
      computer.remove();
    }
  });
});
