import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../e2e/tool.ts';
import { readJson } from './read-json.ts';
import { readTail } from './read-tail.ts';
import { readText } from './read-text.ts';

const WANTED = { what: 'The list cannot be read.', expected: 'a list', mostBytes: 1000 };

function fileWith(content: string): string {
  const file = path.join(temporaryFolder(), 'list');
  writeFileSync(file, content);
  return file;
}

describe('what is read', () => {
  it('is the text of a file, without a byte order mark', () => {
    expect(readText(fileWith('\uFEFFone'), WANTED)).toBe('one');
    expect(readText(fileWith(''), WANTED)).toBe('');
    expect(readText(fileWith('x'.repeat(1000)), WANTED)).toHaveLength(1000);
  });

  it('is a file behind a link as well', () => {
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync(fileWith('one'), link);
    expect(readText(link, WANTED)).toBe('one');
  });

  it.runIf(process.platform === 'linux')('is a file whose size the system does not know', () =>
    expect(readText('/proc/self/status', { ...WANTED, mostBytes: 100_000 })).toContain('Pid:'),
  );
});

describe.skipIf(process.platform === 'win32')('what is no regular file is refused, and not waited for', () => {
  const at = (name: string) => path.join(temporaryFolder(), name);

  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['a folder', temporaryFolder, /a folder, not a file/],
    ['a device without an end', () => '/dev/zero', /\/dev\/zero: a device, not a file/],
    [
      'a pipe into which nobody writes',
      () => {
        const pipe = at('pipe');
        execFileSync('mkfifo', [pipe]);
        return pipe;
      },
      /a pipe, not a file[\s\S]*write what comes out of the pipe into a file/,
    ],
    [
      'a socket',
      () =>
        new Promise((resolve) => {
          const socket = at('socket');
          const server = createServer().listen(socket, () => resolve(socket));
          onTestFinished(() => void server.close());
        }),
      /a socket, not a file/,
    ],
    ['nothing', () => at('nothing'), /it is not there.*\(ENOENT\)/],
    ['a file where a folder should be', () => path.join(fileWith(''), 'x'), /a file is where a folder should be/],
    ['a name that is too long', () => at('x'.repeat(300)), /the name is too long/],
    [
      'a link to itself',
      () => {
        const link = at('link');
        symlinkSync(link, link);
        return link;
      },
      /a link that leads nowhere/,
    ],
    ['too much', () => fileWith('x'.repeat(1001)), /more than/],
  ])('%s', async (_, make, reason) => {
    const file = await make();
    expect(() => readText(file, WANTED)).toThrow(reason);
    expect(() => readText(file, WANTED)).toThrow(/^The list cannot be read\.\n[\s\S]*expected: a list/);
    expect(readTail(file, 10)).toBe(file.endsWith('list') ? 'xxxxxxxxxx' : '');
  });
});

it('JSON that is none is told without its text', () => {
  expect(readJson(fileWith('[1]'), WANTED)).toEqual([1]);
  for (const text of ['', 'token-1', '{"a": token-1'])
    expect(() => readJson(fileWith(text), WANTED)).toThrow(/^The list cannot be read\.\n {2}received: .*it is no JSON/);
  expect(() => readJson(fileWith('token-1'), WANTED)).not.toThrow(/token-1/);
});

it('the end of a file is read, however large it is', () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'x'));
  expect(readTail(fileWith(`${'x'.repeat(100_000)}end`), 4)).toBe('xend');
  expect(readTail(path.join(folder, 'x'), 4)).toBe('');
});
