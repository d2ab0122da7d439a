import { readFileSync } from 'node:fs';
import path from 'node:path';
import { usualConfigFile } from '../k6/config-file.ts';
import { valuesOf } from './script-arguments.ts';

/** What a configuration file of k6 says that concerns us; k6 reads the rest of it. */
export interface ScriptConfig {
  /** Where hosts really are: k6's option `hosts`. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Outputs, where neither arguments nor the environment name one. */
  readonly out: readonly string[];
}

/** The file that the user names by `--config`, else by K6_CONFIG, else k6's usual one. What cannot be read k6 refuses in its own words. */
export function readScriptConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): ScriptConfig {
  const named = valuesOf('config', args).at(-1) ?? environment.K6_CONFIG;
  const { hosts, out } = parsed(named ? path.resolve(workingFolder, named) : usualConfigFile(environment));
  return { hosts: isRecord(hosts) ? textsOf(hosts) : {}, out: Array.isArray(out) ? out.map(String) : [] };
}

function parsed(file: string): { readonly hosts?: unknown; readonly out?: unknown } {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));
}
