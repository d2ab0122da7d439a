import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installPackage } from '../testing/install-package.ts';
import { projectRoot, temporaryFolder } from './tool.ts';

/** A load test as its file would say it: each member is source code. */
export interface OwnTest {
  readonly plan: string;
  /** Of the reference backend's, as `service.projects`, or declared below. */
  readonly endpoints?: string;
  /** Declared below, in place of endpoints. */
  readonly journeys?: string;
  /** @default the shared budgets of this repository */
  readonly budgets?: string;
  readonly study?: string;
  /** What goes before the test. */
  readonly declarations?: string;
}

/** The name of its only scenario. */
export const OWN_SCENARIO = 'asks';

/** A project with one scenario, in a new folder that whoever asked for it removes. */
export function makeProject({
  plan,
  endpoints = '[]',
  journeys,
  budgets = 'budgets',
  study,
  declarations = '',
}: OwnTest): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-own-'));
  const from = (...parts: string[]) => JSON.stringify(path.join(projectRoot, ...parts));
  installPackage(folder);
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "asks", "type": "module" }');
  writeFileSync(
    path.join(folder, 'scenarios', `${OWN_SCENARIO}.ts`),
    `import { defineEndpoint } from 'k6-verdict';
import * as service from ${from('lib', 'reference', 'endpoints', 'index.ts')};
import * as k6 from 'k6-verdict/k6';
import { budgets } from ${from('thresholds', 'index.ts')};
${declarations}
const test = k6.defineLoadTest({
  name: '${OWN_SCENARIO}', testId: 'ASKS', purpose: 'A test of its own', budgets: ${budgets},
  ${journeys === undefined ? `endpoints: ${endpoints}` : `journeys: ${journeys}`},
  plans: { timed: ${plan} },${study === undefined ? '' : ` study: ${study},`}
});
export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
`,
  );
  return folder;
}

/** This repository's own scenarios and suites, but no latency is judged: a slow machine has no say. Gone after the test. */
export function unhurriedProject(): string {
  const folder = temporaryFolder();
  for (const name of ['package.json', 'scenarios'])
    cpSync(path.join(projectRoot, name), path.join(folder, name), { recursive: true });
  for (const name of ['lib', 'node_modules']) symlinkSync(path.join(projectRoot, name), path.join(folder, name));
  mkdirSync(path.join(folder, 'thresholds'));
  writeFileSync(
    path.join(folder, 'thresholds', 'index.ts'),
    `import { budgets as shared } from ${JSON.stringify(path.join(projectRoot, 'thresholds', 'index.ts'))};
const unhurried = ({ okP95Ms, ...rest }) => rest;
export const budgets = {
  ...shared,
  overall: unhurried(shared.overall),
  everyEndpoint: unhurried(shared.everyEndpoint),
  endpoints: Object.fromEntries(Object.entries(shared.endpoints).map(([id, own]) => [id, unhurried(own)])),
};
`,
  );
  return folder;
}
