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

it('a run of a suite may be a script', () => {
  const mixed = { ...suite, runs: [...suite.runs, { script: 'load/buy.js' }] };
  expect(readSuite(withSuites({ nightly: mixed }), 'nightly').runs).toEqual(mixed.runs);
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
  ['no runs', { ...suite, runs: [] }, 'nightly.runs must not be empty'],
  ['a run without a plan', { ...suite, runs: [{ name: 'smoke' }] }, 'nightly.runs[0].plan is missing'],
  ['no test id', { ...suite, testId: undefined }, 'nightly.testId is missing'],
  ['null', null, 'nightly must be an object, not null'],
  ['a misspelt pause', { ...suite, pasue: '5s' }, 'nightly.pasue is not known'],
  [
    'a run with a setting of its own',
    { ...suite, runs: [{ ...suite.runs[0], duration: '5m' }] },
    'nightly.runs[0].duration is not known',
  ],
  ['a script with a plan', { ...suite, runs: [{ script: 'a.js', plan: 'p' }] }, 'nightly.runs[0].plan is not known'],
  [
    'a script without a name',
    { ...suite, runs: [{ script: ' ' }] },
    'nightly.runs[0].script must be text that is not empty, not a blank text',
  ],
  ['a run that is null', { ...suite, runs: [null] }, 'nightly.runs[0] must be an object, not null'],
])('a suite that is not one is refused with what is wrong and its shape: %s', (_, broken, fault) => {
  const read = () => readSuite(withSuites({ nightly: broken }), 'nightly');
  expect(read).toThrow(/^The suite "nightly" in .*package\.json is not one[\s\S]*"runs"/);
  expect(read).toThrow(`received: ${fault}\n`);
});
