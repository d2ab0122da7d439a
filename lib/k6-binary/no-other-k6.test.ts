import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { k6Environment } from '../run/k6/k6-process.ts';
import { inspectK6 } from './inspect-k6.ts';

const lib = fileURLToPath(new URL('..', import.meta.url));

const KNOWS_A_K6 = /\bfindK6\(|\bk6\.path\b|\bk6WithoutRecorder\(/;
const STARTS_PROGRAMS = /\b(spawn|execFile|execFileSync|spawnSync|startProcess|runProgram|measureProcess)\b\(?/;
/** They know a k6, and what they start is something else: the build of the tool, a made-up k6. */
const OTHER_PROGRAMS = ['bench/main.ts', 'k6-binary/run-program.test.ts', 'testing/k6-without-recorder.test.ts'];
const SAYS_SO = /\bNO_OTHER_K6\b|\bk6Environment\(|\bwithUsualCollector\(/;

it('whatever starts a k6, tests and benchmarks too, says that no other one is to be fetched', () => {
  const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const starting = sources.filter((file) => {
    const text = readFileSync(path.join(lib, file), 'utf8');
    return KNOWS_A_K6.test(text) && STARTS_PROGRAMS.test(text);
  });
  expect(starting.length).toBeGreaterThan(5);
  const silent = starting.filter((file) => !SAYS_SO.test(readFileSync(path.join(lib, file), 'utf8')));
  expect(silent.sort()).toEqual(OTHER_PROGRAMS);
});

it('nobody can say otherwise of a run', () => {
  const asked = { K6_AUTO_EXTENSION_RESOLUTION: 'true' };
  expect(k6Environment(asked, asked).K6_AUTO_EXTENSION_RESOLUTION).toBe('false');
});

it.skipIf(process.platform === 'win32')('a k6 that is asked for its version fetches none', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'k6');
  writeFileSync(file, '#!/bin/sh\necho "k6 v2.2.0-$K6_AUTO_EXTENSION_RESOLUTION"\n');
  chmodSync(file, 0o755);
  const asked = { PATH: process.env.PATH, K6_AUTO_EXTENSION_RESOLUTION: 'true' };
  expect(await inspectK6(file, asked)).toMatchObject({ version: '2.2.0-false' });
});
