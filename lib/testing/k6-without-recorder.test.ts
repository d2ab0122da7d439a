import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectK6 } from '../k6-binary/inspect-k6.ts';
import { runProgram } from '../k6-binary/run-program.ts';
import { CANNOT_FAKE_PROGRAMS, FakeComputer, tellingVersion } from './fake-computer.ts';
import { k6WithoutRecorder } from './k6-without-recorder.ts';

describe.skipIf(CANNOT_FAKE_PROGRAMS)('a k6 without the recorder, made of one with it,', () => {
  let computer: FakeComputer;
  let without: string;

  beforeEach(() => {
    computer = new FakeComputer();
    const k6 = computer.addProgram(
      "it's a k6",
      `if [ "$1" = version ]; then ${tellingVersion('2.2.0', true)}; else for each in "$@"; do echo "<$each>"; done; exit 99; fi`,
    );
    const folder = path.join(computer.folder, 'without');
    mkdirSync(folder);
    without = k6WithoutRecorder(k6, folder);
  });

  afterEach(() => {
    computer.remove();
  });

  const call = (args: readonly string[], env = {}) => runProgram({ program: without, args, env });

  it('tells the version alone', async () => {
    expect(await inspectK6(without, {})).toEqual({ kind: 'k6', version: '2.2.0', hasRecorder: false });
    expect(await call(['version'])).toMatchObject({ ok: true, stdout: expect.not.stringContaining('verdict') });
  });

  it.each([
    ['--out', 'verdict=record.ndjson'],
    ['--out=verdict=record.ndjson'],
    ['-o', 'verdict'],
    ['-overdict=record.ndjson'],
    ['--log-output=stderr', '--out', 'json=x', '--out', 'verdict=record.ndjson'],
  ])('knows no output of that name: %s %s', async (...args) => {
    expect(await call(['run', ...args, 'x.js'])).toMatchObject({
      how: 'exit code 255',
      stdout: '',
      stderr: expect.stringContaining("invalid output type 'verdict'"),
    });
  });

  it('knows none that the environment names either', async () => {
    expect(await call(['run', 'x.js'], { K6_OUT: 'verdict=x' })).toMatchObject({ how: 'exit code 255', stdout: '' });
  });

  it.each([
    ['run', '--out', 'json=verdict', 'a  b.js'],
    ['run', '--tag', 'verdict=x', 'x.js', ''],
    ['run', '--out', 'verdicts=x', 'x.js'],
    ['inspect', '--execution-requirements', 'x.js'],
  ])('hands all else on as it is: %s %s %s', async (...args) => {
    expect(await call(args)).toMatchObject({
      how: 'exit code 99',
      stdout: args.map((each) => `<${each}>\n`).join(''),
      stderr: '',
    });
  });
});
