import { statSync } from 'node:fs';
import path from 'node:path';
import type { RowBudgets } from '../../core/judge/script/script-budgets.ts';
import { UserError } from '../../core/spec/errors.ts';
import { present } from '../../core/spec/present.ts';
import { parseSettings, SETTINGS } from '../../core/spec/settings.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';
import type { Project } from '../../results/project.ts';
import { needsRecorder } from '../k6/needs-recorder.ts';
import type { LoadRequest } from '../load-request.ts';
import { type OtherOutputs, otherOutputs } from '../outputs/other-outputs.ts';
import { type SettingSources, scenarioVariables } from '../setting-sources.ts';
import { readScript, type ScriptSources } from './bundle-script.ts';
import { refuseContraryArguments } from './contrary-arguments.ts';
import { readBudgets } from './read-budgets.ts';
import { expectReadsBaseUrl } from './reads-base-url.ts';
import { refuseScriptArguments, valuesOf } from './script-arguments.ts';
import { readScriptConfig } from './script-config.ts';
import { hostsIn, hostsMappedHere, requireScriptConsent } from './script-hosts.ts';

/** A script of somebody's to run as it is. */
export interface WantedScript {
  /** As its user named it. */
  readonly script: string;
  /** Where that is, absolute. */
  readonly file: string;
}

/** A script that may be run. */
export interface PreparedScript {
  readonly kind: 'script';
  /** Its file's name without the ending. */
  readonly name: string;
  /** As its user named it. */
  readonly script: string;
  readonly sources: ScriptSources;
  /** Of k6's process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly k6Arguments: readonly string[];
  readonly outputs: OtherOutputs;
  /** Hosts that may be loaded, besides loopback; some may be loopback only because k6 is told so. */
  readonly allowedHosts: readonly string[];
  readonly release: string | undefined;
  /** What the project asks of it beside its own thresholds. */
  readonly budgets: RowBudgets | undefined;
}

/** Checks all that can be known before k6 loads a script. @throws UserError for what is wrong */
export async function prepareScript(
  { script, file }: WantedScript,
  request: Pick<LoadRequest, 'sources' | 'k6Arguments' | 'workingFolder' | 'flatMemory' | 'part'>,
  project: Pick<Project, 'allowedHosts' | 'root'>,
): Promise<PreparedScript> {
  const { sources: given, k6Arguments, workingFolder } = request;
  expectFile(file, script);
  const environment = environmentOf(given);
  refuseScriptArguments(k6Arguments, environment);
  refuseContraryArguments(k6Arguments, environment, request);
  const settings = parseSettings((name) =>
    name === 'RELEASE' || name === 'LOAD_ALLOW_HOSTS' ? (given.flags[name] ?? environment[name]) : undefined,
  );
  const allowed = [...settings.allowedHosts, ...project.allowedHosts];
  const config = readScriptConfig(k6Arguments, environment, workingFolder);
  const sources = await readScript(file);
  const hosts = hostsIn([sources.ownText, ...valuesInSight(k6Arguments, environment, given)].join('\n'));
  requireScriptConsent(hosts, config.hosts, allowed);
  const prepared: PreparedScript = {
    kind: 'script',
    script,
    name: path.basename(file).replace(/\.[cm]?[jt]s$/i, ''),
    sources,
    environment,
    k6Arguments,
    outputs: otherOutputs(k6Arguments, environment, workingFolder),
    allowedHosts: [...allowed, ...hostsMappedHere(hosts, config.hosts)],
    release: settings.release,
    budgets: await readBudgets(project.root, file),
  };
  if (given.flags.BASE_URL !== undefined) expectReadsBaseUrl(prepared, '--base-url would change nothing');
  if (given.flags.BASE_URL === undefined && given.declared?.BASE_URL !== undefined)
    expectReadsBaseUrl(prepared, 'the BASE_URL of --environment would change nothing');
  return prepared;
}

function expectFile(file: string, named: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return;
  throw new UserError({
    what: 'There is no such script.',
    received: `${named}, which is no file`,
    expected: 'the path of a k6 script (.js or .ts), or the name of a scenario',
  });
}

/** @throws UserError for a k6 that would leave nothing to judge */
export function requireRecorder(k6: K6Binary): void {
  if (k6.hasRecorder) return;
  throw needsRecorder('A script of your own needs the recorder of k6-verdict: nothing else sees what it sends.', k6);
}

/** Orders of the tool to its scenarios, VERDICT_*, are none of a script's. Of the flags, BASE_URL is a variable. */
function environmentOf(given: SettingSources): Record<string, string | undefined> {
  const isSetting = (name: string) => SETTINGS.some((setting) => setting.name === name);
  const flags = present({ BASE_URL: given.flags.BASE_URL });
  const variables = Object.entries(scenarioVariables({ ...given, flags })).filter(
    ([name, value]) => value !== '' || !isSetting(name),
  );
  const all = [...Object.entries(given.environment), ...variables];
  return Object.fromEntries(all.filter(([name]) => !name.startsWith('VERDICT_')));
}

/** What may name a target: BASE_URL, what package.json declares, and every value of `-e`, before and behind the `--`. */
function valuesInSight(
  k6Arguments: readonly string[],
  { BASE_URL = '' }: Readonly<Record<string, string | undefined>>,
  { assignments, declared = {} }: SettingSources,
): string[] {
  const values = valuesOf('env', k6Arguments);
  const isReplaced = values.some((value) => value.startsWith('BASE_URL='));
  return [...(isReplaced ? [] : [BASE_URL]), ...assignments, ...Object.values(declared), ...values];
}
