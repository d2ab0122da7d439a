import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/tool.ts';
import { createPartFolder, createRunFolder } from './run-folder.ts';

const projectIn = (resultsFolder: string) => ({ root: '', scenariosFolder: '', resultsFolder, allowedHosts: [] });

it('a run is named in latest, in place of a link that lies there', () => {
  const results = temporaryFolder();
  const other = path.join(temporaryFolder(), 'other');
  writeFileSync(other, 'kept');
  symlinkSync(other, path.join(results, 'latest'));
  const { runId } = createRunFolder(projectIn(results), 'smoke', new Date(), true);
  expect(readFileSync(path.join(results, 'latest'), 'utf8')).toBe(`${runId}\n`);
  expect(lstatSync(path.join(results, 'latest')).isFile()).toBe(true);
  expect(readFileSync(other, 'utf8')).toBe('kept');
  expect(readdirSync(path.join(results, runId))).toEqual(['k6.log']);
});

it('a results folder behind a link is the one that is meant', () => {
  const folder = temporaryFolder();
  const results = path.join(temporaryFolder(), 'results');
  symlinkSync(folder, results);
  const { runId } = createRunFolder(projectIn(results), 'smoke', new Date(), true);
  expect(readdirSync(folder).sort()).toEqual([runId, 'latest']);
});

it('a folder where latest should be is told before the load', () => {
  const results = temporaryFolder();
  mkdirSync(path.join(results, 'latest'));
  expect(() => createRunFolder(projectIn(results), 'smoke', new Date(), true)).toThrow(/a folder, not a file/);
});

it('a part that is there already is never written into', () => {
  const results = temporaryFolder();
  const { path: folder } = createPartFolder(projectIn(results), 'r', 1);
  expect(() => createPartFolder(projectIn(results), 'r', 1)).toThrow(
    /^Results cannot be kept in .*: nothing was sent\.\n.*something is there already \(EEXIST\)/,
  );
  expect(existsSync(folder)).toBe(true);
});
