import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../e2e/tool.ts';
import { KeptResults } from './kept-results.ts';

function kept(folder: string) {
  const results = new KeptResults(folder);
  const told = () => {
    const said: string[] = [];
    results.tell({ say: (line) => void said.push(line) });
    return said.join('\n');
  };
  return { results, told };
}

function temporaryFilesIn(folder: string): void {
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

it('what its folder takes is there, and nothing is said of it', () => {
  const folder = temporaryFolder();
  const { results, told } = kept(folder);
  expect(results.write('summary.json', '{}')).toBe(true);
  expect(results.isWhole).toBe(true);
  expect(told()).toBe('');
  expect(readFileSync(path.join(folder, 'summary.json'), 'utf8')).toBe('{}');
});

it('what its folder does not take any more is kept elsewhere, and told', () => {
  const refuge = temporaryFolder();
  const folder = path.join(temporaryFolder(), 'run-1');
  temporaryFilesIn(refuge);
  const { results, told } = kept(folder);
  expect([results.write('summary.json', '{}'), results.write('report.md', '#'), results.isWhole]).toEqual([
    false,
    false,
    false,
  ]);
  const [only = '', ...others] = readdirSync(refuge);
  expect(only).toMatch(/^k6-verdict-run-1-/);
  expect(others).toEqual([]);
  expect(readdirSync(path.join(refuge, only)).sort()).toEqual(['report.md', 'summary.json']);
  expect(told()).toMatch(/^The verdict stands, but not all of it could be kept in .*run-1\./);
  expect(told()).toContain('received: it is not there, or its folder is not (ENOENT), for summary.json, report.md');
  expect(told()).toContain(`kept in:  ${path.join(refuge, only)}: summary.json, report.md`);
  expect(existsSync(folder)).toBe(false);
});

it('what nothing takes is told as lost, and never an error', () => {
  const blocked = path.join(temporaryFolder(), 'file');
  writeFileSync(blocked, '');
  temporaryFilesIn(path.join(blocked, 'none'));
  const { results, told } = kept(blocked);
  expect(results.write('summary.json', '{}')).toBe(false);
  expect(told()).toMatch(/a file is where a folder should be[\s\S]*lost: {5}summary\.json/);
});

it('a defect stays one', () => {
  const { results } = kept(temporaryFolder());
  expect(() => results.write('summary.json', 5 as never)).toThrow(TypeError);
});
