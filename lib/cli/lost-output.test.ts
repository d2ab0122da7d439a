import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { exitCodeWithoutOutput, watchOutput } from './lost-output.ts';

const errorOf = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

it('a full disk is a loss; a pipe that nobody reads, and a terminal that is gone, are none', () => {
  const streams = { stdout: new EventEmitter(), stderr: new EventEmitter() };
  const lost = watchOutput(streams);
  for (const code of ['EPIPE', 'EIO']) streams.stdout.emit('error', errorOf(code));
  streams.stderr.emit('error', errorOf('ENOSPC'));
  expect(lost.reason).toBeUndefined();
  for (const code of ['ENOSPC', 'EFBIG']) streams.stdout.emit('error', errorOf(code));
  expect(lost.reason).toBe('the disk is full (ENOSPC)');
});

it.each([
  ['gate', 0, 2],
  ['gate', 1, 1],
  ['compare', 0, 2],
  ['compare', 3, 3],
  ['baseline', 0, 2],
  ['--help', 0, 2],
  ['run', 0, 0],
  ['run', 99, 99],
  ['suite', 0, 0],
  ['ab', 0, 0],
])('%s that would end with %d ends with %d where its output is lost', (name, exitCode, expected) =>
  expect(exitCodeWithoutOutput(exitCode, [name])).toBe(expected),
);
