import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/tool.ts';
import { appendToFile, expectReplaceable, replaceFile } from './replace-file.ts';

describe('a file that is written', () => {
  it('is there whole, over the one before, and nothing else is left', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'x');
    replaceFile(file, 'one');
    replaceFile(file, 'two');
    expectReplaceable(file, 100);
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['x']);
  });

  it.each(['a file', 'nothing', 'itself'])('takes the place of a link to %s, which stays as it is', (where) => {
    const folder = temporaryFolder();
    const other = path.join(temporaryFolder(), 'other');
    if (where === 'a file') writeFileSync(other, 'kept');
    const file = path.join(folder, 'x');
    symlinkSync(where === 'itself' ? file : other, file);
    expectReplaceable(file);
    replaceFile(file, 'new');
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(existsSync(other) ? readFileSync(other, 'utf8') : undefined).toBe(where === 'a file' ? 'kept' : undefined);
  });

  it('goes into the folder behind a link: whoever made it wants it so', () => {
    const folder = temporaryFolder();
    const link = path.join(temporaryFolder(), 'results');
    symlinkSync(folder, link);
    replaceFile(path.join(link, 'x'), 'one');
    expect(readFileSync(path.join(folder, 'x'), 'utf8')).toBe('one');
  });

  it.runIf(process.platform === 'linux').each(['a folder', 'a pipe', 'a device'])('never replaces %s', (what) => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'x');
    if (what === 'a folder') mkdirSync(file);
    if (what === 'a pipe') execFileSync('mkfifo', [file]);
    if (what === 'a device') symlinkSync('/dev/null', file);
    expect(() => replaceFile(file, 'one')).toThrow(`received: ${what}, not a file`);
    expect(() => expectReplaceable(file)).toThrow(`received: ${what}, not a file`);
    if (what !== 'a device') expect(() => appendToFile(file, 'one')).toThrow(/not a file|EISDIR|ENXIO/);
    expect(readdirSync(folder)).toEqual(['x']);
  });

  it('that cannot be written leaves nothing, and the error names it', () => {
    const file = path.join(temporaryFolder(), 'nowhere', 'x');
    for (const act of [() => replaceFile(file, 'x'), () => expectReplaceable(file), () => appendToFile(file, 'x')])
      expect(act).toThrow(expect.objectContaining({ code: 'ENOENT', path: file }));
  });
});

describe('what is added to a file', () => {
  it('comes behind what is there, in a new one if need be', () => {
    const file = path.join(temporaryFolder(), 'x');
    appendToFile(file, 'one');
    appendToFile(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('onetwo');
  });

  it.skipIf(process.platform === 'win32')('never goes through a link', () => {
    const other = path.join(temporaryFolder(), 'other');
    writeFileSync(other, 'kept');
    const file = path.join(temporaryFolder(), 'x');
    symlinkSync(other, file);
    expect(() => appendToFile(file, 'new')).toThrow(/ELOOP/);
    expect(readFileSync(other, 'utf8')).toBe('kept');
  });
});
