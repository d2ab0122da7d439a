import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { EXAMPLES, exampleConfig, examplesFolder } from './examples.ts';
import type { Places, ScriptCase } from './script-case.ts';
import { type ScriptService, startService } from './service.ts';
import { SUITES, SUITES_FOLDER } from './suites.ts';

/** Every script that is run, by where it comes from. */
export const TABLES = [
  { table: 'examples of k6', folder: examplesFolder(), cases: EXAMPLES },
  { table: 'patterns of suites', folder: SUITES_FOLDER, cases: SUITES },
];

/** Starts a service for each test of a file. @returns what gives the one of the test that runs */
export function serviceOfEachTest(): () => ScriptService {
  let service: ScriptService;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());
  return () => service;
}

/** How a script is called: what k6 is given besides its file. @param scratch a folder for its configuration */
export function k6ArgumentsOf(script: ScriptCase, places: Places, scratch: string): string[] {
  const config = path.join(scratch, 'config.json');
  writeFileSync(config, JSON.stringify(exampleConfig(places.service)));
  const variables = Object.entries(script.variables?.(places) ?? {});
  return [
    '--config',
    config,
    ...variables.flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    ...(script.args?.(places) ?? []),
  ];
}
