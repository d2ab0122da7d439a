import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ProfileName } from '../backend/profiles/index.ts';
import { type RunningBackend, startBackend } from '../backend/start-backend.ts';
import { requireConsent } from '../core/base-url.ts';
import { UserError } from '../core/errors.ts';
import { parseSettings, type Settings } from '../core/settings.ts';
import type { TestFacts } from '../core/test-facts.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { bundleScenario } from './bundle-scenario.ts';
import type { RunPart } from './complete-summary.ts';
import { inspectScenario } from './inspect-scenario.ts';
import { BACKEND_ENTRY, K6_MODULE_FOLDER } from './installation.ts';
import { type Interruption, watchSignals } from './interruption.ts';
import { refuseConfigFile, refuseInheritedOptions, refuseReservedArguments } from './k6-guard.ts';
import { findProject, type Project, scenarioFile } from './project.ts';
import { type SettingSources, scenarioVariables } from './setting-sources.ts';
import { requireReachable } from './target.ts';

/** What every command that sends load is told. */
export interface LoadRequest {
  readonly sources: SettingSources;
  readonly measuresAtRest: boolean;
  readonly abortOnFailAfterSeconds?: number;
  /** Overrides the project's results/. */
  readonly resultsFolder?: string;
  readonly recordsTimeline: boolean;
  readonly backendProfile: ProfileName;
  readonly k6Arguments: readonly string[];
  /** Where several k6 processes send the load together: which of them this one is. */
  readonly part?: RunPart;
  readonly workingFolder: string;
}

/** Standard output is for results, standard error for everything said on the way. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (line: string) => void;
  readonly hasColour: boolean;
}

/** A scenario that k6 has loaded once: it will start. */
export interface PreparedScenario {
  readonly name: string;
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly facts: TestFacts;
}

/** Everything that runs have in common, ready to send load. */
export interface Session {
  readonly request: LoadRequest;
  readonly terminal: Terminal;
  readonly project: Project;
  readonly settings: Settings;
  readonly k6: K6Binary;
  readonly scenarios: readonly PreparedScenario[];
  /** The reference backend, as the scenario wants it started; undefined where something else is the target. */
  readonly backendFor: (scenario: PreparedScenario) => Promise<RunningBackend | undefined>;
  readonly interruption: Interruption;
  /** Whatever `end` ends is ended with the session at the latest. @returns what ends it now */
  readonly atEnd: (end: () => Promise<void>) => () => Promise<void>;
}

/** A scenario to prepare, and the plan it must have (else what PLAN says). */
export interface WantedScenario {
  readonly name: string;
  readonly plan?: string;
}

/** The project of the working folder, with what the request changes of it. @throws UserError when there is none */
export function openProject({ workingFolder, resultsFolder }: LoadRequest): Project {
  const project = findProject(workingFolder);
  return { ...project, resultsFolder: resultsFolder ?? project.resultsFolder };
}

/**
 * Checks everything that can be wrong, makes the target ready, lets `work` send load, and clears up after it.
 * @returns the exit code: of `work`, or k6's own where it cannot load a scenario
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function withSession(
  request: LoadRequest,
  project: Project,
  wanted: readonly WantedScenario[],
  terminal: Terminal,
  work: (session: Session) => Promise<number>,
  { startsTarget = true }: { readonly startsTarget?: boolean } = {},
): Promise<number> {
  const sources = wanted.map(({ name }) => scenarioFile(project, name));
  const variables = scenarioVariables(request.sources);
  variables.LOAD_ALLOW_HOSTS = [variables.LOAD_ALLOW_HOSTS, ...project.allowedHosts].filter(Boolean).join(',');
  const seenByK6 = { ...request.sources.environment, ...variables };
  refuseInheritedOptions(seenByK6);
  refuseConfigFile(seenByK6);
  refuseReservedArguments(request.k6Arguments);
  const settings = parseSettings((name) => variables[name]);
  refuseContradictions(request, settings, wanted);
  if (settings.baseUrl !== undefined) requireConsent(settings.baseUrl, settings.allowedHosts);
  const k6 = await findK6({ moduleFolder: K6_MODULE_FOLDER });

  const started: (() => Promise<void> | void)[] = [];
  const cleanUp = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  const interruption = watchSignals(cleanUp);
  try {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-'));
    started.push(() => rmSync(folder, { recursive: true, force: true }));
    const scenarios: PreparedScenario[] = [];
    for (const [i, { name, plan }] of wanted.entries()) {
      const bundle = path.join(folder, `${i + 1}-${name}.js`);
      // All parts of a larger test are met at rest before its first load.
      await bundleScenario(sources[i] ?? '', bundle, i === 0 ? sources.slice(1) : []);
      const own = plan === undefined ? variables : { ...variables, PLAN: plan };
      const inspection = await inspectScenario(k6, bundle, own);
      if (!inspection.ok) {
        terminal.say(`k6 cannot load the scenario ${name}:\n${inspection.message}`);
        return inspection.exitCode;
      }
      scenarios.push({ name, bundle, variables: own, facts: inspection.facts });
    }
    const atEnd = (end: () => Promise<void>) => {
      started.push(end);
      return async () => {
        const index = started.indexOf(end);
        if (index !== -1) started.splice(index, 1);
        await end();
      };
    };
    const backendFor =
      startsTarget && settings.baseUrl === undefined
        ? referenceBackends(request.backendProfile, atEnd)
        : async () => undefined;
    if (startsTarget && settings.baseUrl !== undefined) await requireReachable(settings.baseUrl);
    return await work({ request, terminal, project, settings, k6, scenarios, backendFor, interruption, atEnd });
  } finally {
    await cleanUp();
    interruption.release();
  }
}

/** Refuses what would be ignored in silence. */
function refuseContradictions(
  { backendProfile }: LoadRequest,
  settings: Settings,
  wanted: readonly WantedScenario[],
): void {
  if (settings.baseUrl !== undefined && backendProfile !== 'healthy') {
    throw new UserError({
      what: '--backend-profile has no meaning beside BASE_URL: the reference backend is not the target.',
      received: `--backend-profile ${backendProfile}, BASE_URL ${settings.baseUrl.href}`,
      expected: 'one of the two',
    });
  }
  if (settings.plan !== undefined && wanted.some(({ plan }) => plan !== undefined)) {
    throw new UserError({
      what: 'PLAN has no meaning for a suite: it names the plan of each of its runs itself.',
      received: `PLAN ${settings.plan}`,
      expected: 'PLAN (--plan) left out',
    });
  }
}

/** One at a time: it goes on from run to run, unless the next scenario wants it started in another way. */
function referenceBackends(profile: ProfileName, atEnd: Session['atEnd']): Session['backendFor'] {
  let running:
    | { readonly args: string; readonly backend: RunningBackend; readonly stop: () => Promise<void> }
    | undefined;
  return async ({ facts: { referenceBackend: args = [] } }) => {
    if (running?.args === args.join(' ')) return running.backend;
    await running?.stop();
    const backend = await startBackend({ profile, args, entry: BACKEND_ENTRY });
    running = { args: args.join(' '), backend, stop: atEnd(() => backend.stop()) };
    return backend;
  };
}
