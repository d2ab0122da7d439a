import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Project } from '../../results/project.ts';
import type { SettingSources } from '../setting-sources.ts';
import { prepareScript } from './prepare-script.ts';

let workingFolder: string;
beforeEach(() => {
  workingFolder = mkdtempSync(path.join(os.tmpdir(), 'script-'));
  writeFileSync(path.join(workingFolder, 'buy.load.ts'), 'export default function () {}');
});
afterEach(() => rmSync(workingFolder, { recursive: true }));

interface Told {
  readonly environment?: Readonly<Record<string, string>>;
  readonly assignments?: readonly string[];
  readonly flags?: SettingSources['flags'];
  readonly k6Arguments?: readonly string[];
  readonly allowed?: readonly string[];
}

function prepare({ environment = {}, assignments = [], flags = {}, k6Arguments = [], allowed = [] }: Told = {}) {
  const project = { root: workingFolder, allowedHosts: allowed } as unknown as Project;
  const request = { sources: { flags, assignments, environment }, k6Arguments, workingFolder };
  const file = path.join(workingFolder, 'buy.load.ts');
  return prepareScript({ script: 'buy.load.ts', file }, request, project);
}

it('k6 is told what the user says, and nothing of our settings that come from nowhere', async () => {
  const environment = { K6_VUS: '3', VUS: '7', VERDICT_RECORDER: '{}', K6_SOMETHING_NEW: 'x' };
  const prepared = await prepare({ environment, assignments: ['A=1', 'B='], k6Arguments: ['-u', '2'] });
  expect(prepared.name).toBe('buy.load');
  expect(prepared.environment).toEqual({ K6_VUS: '3', VUS: '7', K6_SOMETHING_NEW: 'x', A: '1', B: '' });
  expect(prepared.k6Arguments).toEqual(['-u', '2']);
});

it.each<[string, Told]>([
  ['BASE_URL in the environment', { environment: { BASE_URL: 'https://a.example.com' } }],
  ['a variable', { assignments: ['API=https://a.example.com/v1'] }],
  ['a variable for k6', { k6Arguments: ['-e', 'API=wss://a.example.com/v1'] }],
])('a host in %s needs consent', async (_where, told) => {
  await expect(prepare(told)).rejects.toThrow(/Load on a\.example\.com has not been allowed/);
  const { allowedHosts } = await prepare({ ...told, flags: { LOAD_ALLOW_HOSTS: 'b.example.com,a.example.com' } });
  expect(allowedHosts).toEqual(['b.example.com', 'a.example.com']);
  await expect(prepare({ ...told, allowed: ['a.example.com'] })).resolves.toBeDefined();
});

it('BASE_URL for k6 replaces that of the environment', async () => {
  const environment = { BASE_URL: 'https://a.example.com' };
  await expect(prepare({ environment, k6Arguments: ['-eBASE_URL=http://127.0.0.1:1'] })).resolves.toBeDefined();
});

it('a configuration file says which hosts are here, and which outputs there are', async () => {
  const config = { hosts: { 'a.example.com': '127.0.0.1:9000' }, out: ['csv=x.csv'] };
  writeFileSync(path.join(workingFolder, 'k6.json'), JSON.stringify(config));
  const told = { assignments: ['API=https://a.example.com'], k6Arguments: ['--config', 'k6.json'] };
  expect(await prepare(told)).toMatchObject({
    allowedHosts: ['a.example.com:443'],
    outputs: { isExported: true, forgotten: ['csv=x.csv'] },
  });
  expect(await prepare({ ...told, environment: { K6_OUT: 'json=a,csv=b' } })).toMatchObject({
    outputs: { isExported: true, forgotten: ['json=a', 'csv=b'] },
  });
  expect(await prepare({ ...told, k6Arguments: [...told.k6Arguments, '-o', 'csv'] })).toMatchObject({
    outputs: { isExported: true, forgotten: [] },
  });
});

it('the release is a setting of ours', async () => {
  expect((await prepare({ environment: { RELEASE: '1.2' } })).release).toBe('1.2');
  expect((await prepare({ environment: { RELEASE: '1.2' }, flags: { RELEASE: '1.3' } })).release).toBe('1.3');
});
