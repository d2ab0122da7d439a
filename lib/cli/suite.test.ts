import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSuite } from './suite.ts';

function packageWith(content: unknown): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-suite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'package.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const suite = { testId: 'T-1', purpose: 'p', runs: [{ name: 'smoke', plan: 'timed' }] };
const withSuites = (suites: unknown) => packageWith({ 'k6-verdict': { suites } });

it('a suite is read from package.json, with its name', () => {
  expect(readSuite(withSuites({ nightly: suite }), 'nightly')).toEqual({ name: 'nightly', ...suite });
});

it('an unknown suite is refused with the names there are and the nearest', () => {
  expect(() => readSuite(withSuites({ nightly: suite, weekly: suite }), 'nigthly')).toThrow(
    /no such suite[\s\S]*"nigthly"[\s\S]*nightly, weekly[\s\S]*did you mean "nightly"/,
  );
});

it.each([
  ['no configuration at all', {}],
  ['no suites', { 'k6-verdict': {} }],
])('%s is refused with where suites are', (_, content) => {
  expect(() => readSuite(packageWith(content), 'nightly')).toThrow(/no such suite[\s\S]*"suites"/);
});

it.each([
  ['no runs', { ...suite, runs: [] }],
  ['a run without a plan', { ...suite, runs: [{ name: 'smoke' }] }],
  ['no test id', { ...suite, testId: undefined }],
  ['null', null],
  ['a run that is null', { ...suite, runs: [null] }],
])('a suite that is not one is refused with its shape: %s', (_, broken) => {
  expect(() => readSuite(withSuites({ nightly: broken }), 'nightly')).toThrow(/is not one[\s\S]*"runs"/);
});
