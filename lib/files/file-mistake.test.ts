import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/tool.ts';
import { explained, fileMistake, reasonOf } from './file-mistake.ts';

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

it.each<[string, (folder: string) => unknown, RegExp]>([
  ['nothing there', (folder) => readFileSync(path.join(folder, 'x')), /x cannot be read or written\.[\s\S]*\(ENOENT\)/],
  ['a folder', (folder) => readFileSync(folder), /a folder is where a file should be \(EISDIR\)/],
  [
    'a file',
    (folder) => {
      writeFileSync(path.join(folder, 'x'), '');
      mkdirSync(path.join(folder, 'x', 'y'));
    },
    /y cannot be made\.[\s\S]*a file is where a folder should be \(ENOTDIR\)[\s\S]*to do: {4}look at what is there/,
  ],
  ['a long name', (folder) => mkdirSync(path.join(folder, 'x'.repeat(300))), /the name is too long \(ENAMETOOLONG\)/],
  ['not its own folder', () => rmdirSync('/'), /cannot be removed/],
])('%s is no defect', (_, act, message) => {
  expect(fileMistake(errorOf(() => act(temporaryFolder())))?.message).toMatch(message);
});

it('what the system says of anything else is one, and so is what we say', async () => {
  const refused = await new Promise((resolve) => net.connect({ host: '127.0.0.1', port: 1 }).once('error', resolve));
  for (const error of [new TypeError('x'), new Error('ENOSPC'), refused, undefined, 'ENOENT'])
    expect(fileMistake(error)).toBeUndefined();
  expect(() => explained(new TypeError('x'), { what: 'a', expected: 'b' })).toThrow('x');
});

it('a reason is in words', () => {
  expect(reasonOf(Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' }))).toBe(
    'the disk is full (ENOSPC)',
  );
  expect(reasonOf(Object.assign(new Error('x'), { code: 'EXOTIC', syscall: 'write' }))).toBe('x');
  expect(reasonOf('why')).toBe('why');
});

it('a program that cannot be started is named', () => {
  const error = Object.assign(new Error('x'), { code: 'E2BIG', syscall: 'spawn k6' });
  expect(fileMistake(error)?.message).toMatch(/^k6 cannot be started\.\n.*longer than the system allows/);
});
