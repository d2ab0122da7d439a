import path from 'node:path';
import { requireConsent } from '../core/spec/base-url.ts';
import { UserError } from '../core/spec/errors.ts';
import { parseSettings, type Settings } from '../core/spec/settings.ts';
import type { TestFacts } from '../core/spec/test-facts.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { endAll } from '../process/end-with-us.ts';
import { type Project, scenarioFile } from '../results/project.ts';
import type { Terminal } from '../results/terminal.ts';
import type { RunPart } from './complete-summary.ts';
import { K6_MODULE_FOLDER } from './installation.ts';
import { type Interruption, stopWhenAbandoned, watchSignals } from './interruption.ts';
import { bundleScenario } from './k6/bundle-scenario.ts';
import { inspectScenario } from './k6/inspect-scenario.ts';
import { refuseArguments, refuseConfigFile, refuseInheritedOptions } from './k6/k6-guard.ts';
import { describeKept, forK6 } from './k6/kept-from-k6.ts';
import { needsRecorder } from './k6/needs-recorder.ts';
import { type SettingSources, scenarioVariables } from './setting-sources.ts';
import { chooseTarget } from './target/choose-target.ts';
import { dnsPolicyOf } from './target/dns-policy.ts';
import { OpenTargets } from './target/open-targets.ts';
import { type ReferenceProfile, USUAL_PROFILE } from './target/reference-target.ts';
import type { OpenTarget, Target } from './target/target.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** What every command that sends load is told. */
export interface LoadRequest {
  readonly sources: SettingSources;
  readonly measuresAtRest: boolean;
  readonly abortOnFailAfterSeconds?: number;
  /** Overrides the project's results/. */
  readonly resultsFolder?: string;
  readonly backendProfile: ReferenceProfile;
  readonly k6Arguments: readonly string[];
  /** Where several k6 processes send the load together: which of them this one is. */
  readonly part?: RunPart;
  /** There are many runs: how far each of them is nobody wants to know. */
  readonly hidesProgress?: true;
  readonly workingFolder: string;
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
  /** What load goes to, unless a run has a target of its own. */
  readonly target: Target;
  readonly targets: OpenTargets;
  readonly interruption: Interruption;
}

/** A scenario to prepare, and the plan it must have (else what PLAN says). */
export interface WantedScenario {
  readonly name: string;
  readonly plan?: string;
}

/**
 * Checks everything that can be wrong, lets `work` open the target and send load, and clears up after it.
 * @returns the exit code: of `work`, or k6's own where it cannot load a scenario
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function withSession(
  request: LoadRequest,
  project: Project,
  wanted: readonly WantedScenario[],
  terminal: Terminal,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const files = wanted.map(({ name }) => scenarioFile(project, name));
  const variables = checkedVariables(request, project);
  const settings = parseSettings((name) => variables[name]);
  const target = chooseTarget(variables.BASE_URL, request.backendProfile, project.root);
  refuseContradictions(request, settings, target, wanted);
  // k6 is told of a service that package.json declares as of any other.
  if (target.kind !== 'reference-backend') variables.BASE_URL = target.url;
  const environment = { ...request.sources.environment, ...variables };
  const dnsPolicy = dnsPolicyOf(request.k6Arguments, environment);
  const targets = new OpenTargets(settings.allowedHosts, { dnsPolicy, environment });
  targets.requireConsent(target);
  if (settings.metricsUrl !== undefined)
    requireConsent(settings.metricsUrl, settings.allowedHosts, 'METRICS_URL', 'Asking for metrics');
  const k6 = await findK6({ moduleFolder: K6_MODULE_FOLDER, log: terminal.say });

  const folder = makeTemporaryFolder();
  const cleanUp = async () => {
    await targets.close();
    folder.remove();
  };
  const interruption = watchSignals(cleanUp, terminal.say);
  const endWatch = stopWhenAbandoned(interruption, terminal.say);
  const kept = describeKept({ ...request.sources.environment, ...scenarioVariables(request.sources) });
  if (kept !== undefined) terminal.say(kept);
  try {
    const prepared = await prepareScenarios(k6, wanted, files, variables, folder.path);
    if (prepared.kind === 'not_loadable') {
      terminal.say(`k6 cannot load the scenario ${prepared.name}:\n${prepared.message}`);
      return prepared.exitCode;
    }
    const { scenarios } = prepared;
    refuseWithoutRecorder(k6, scenarios);
    const exitCode = await work({ request, terminal, project, settings, k6, scenarios, target, targets, interruption });
    interruption.finish(exitCode);
    return exitCode;
  } finally {
    endWatch();
    await cleanUp();
    if (!interruption.hasSent()) interruption.release();
  }
}

/**
 * Opens a target as a scenario wants it: the reference backend can be asked for a behaviour.
 * @returns undefined where somebody wants us to end, after load was sent
 */
export async function openTargetFor(
  { target: usual, targets, interruption }: Session,
  { facts: { referenceBackend } }: PreparedScenario,
  target = usual,
): Promise<OpenTarget | undefined> {
  const isAsked = target.kind === 'reference-backend' && referenceBackend !== undefined;
  const opened = await interruption.unlessStopped(
    targets.open(isAsked ? { ...target, args: referenceBackend } : target),
  );
  // What is half started would keep us waiting.
  if (opened === undefined) endAll();
  return opened;
}

/** What k6 is told. @throws UserError for what would change the load or the summary behind the report's back */
function checkedVariables({ sources, k6Arguments }: LoadRequest, project: Project): Record<string, string> {
  const variables = scenarioVariables(sources);
  variables.LOAD_ALLOW_HOSTS = [variables.LOAD_ALLOW_HOSTS, ...project.allowedHosts].filter(Boolean).join(',');
  const seenByK6 = { ...sources.environment, ...variables };
  refuseInheritedOptions(seenByK6);
  refuseConfigFile(seenByK6);
  refuseArguments(k6Arguments);
  return forK6(variables);
}

/** Refuses what would be ignored in silence. */
function refuseContradictions(
  { backendProfile }: LoadRequest,
  settings: Settings,
  target: Target,
  wanted: readonly WantedScenario[],
): void {
  if (target.kind !== 'reference-backend' && backendProfile !== USUAL_PROFILE) {
    throw new UserError({
      what: `--backend-profile has no meaning beside ${target.named}: the reference backend is not the target.`,
      received: `--backend-profile and ${target.named}`,
      expected: 'one of the two',
    });
  }
  if (settings.plan !== undefined && wanted.some(({ plan }) => plan !== undefined)) {
    throw new UserError({
      what: 'PLAN has no meaning for a suite: it names the plan of each of its runs itself.',
      received: 'PLAN',
      expected: 'PLAN (--plan) left out',
    });
  }
}

/** What a question cannot be answered from is said before its load, and not after hours of it. */
function refuseWithoutRecorder(k6: K6Binary, scenarios: readonly PreparedScenario[]): void {
  const needing = k6.hasRecorder ? undefined : scenarios.find(({ facts }) => facts.needsRecorder === true);
  if (needing === undefined) return;
  const { name, facts } = needing;
  throw needsRecorder(
    `${name} needs the recorder of k6-verdict: k6's own summary does not keep what its question (${facts.study}) is answered from.`,
    k6,
  );
}

type Preparation =
  | { readonly kind: 'prepared'; readonly scenarios: readonly PreparedScenario[] }
  | { readonly kind: 'not_loadable'; readonly name: string; readonly message: string; readonly exitCode: number };

/** Bundles scenarios, and lets k6 load each of them once. */
async function prepareScenarios(
  k6: K6Binary,
  wanted: readonly WantedScenario[],
  files: readonly string[],
  variables: Readonly<Record<string, string>>,
  folder: string,
): Promise<Preparation> {
  const scenarios: PreparedScenario[] = [];
  for (const [i, { name, plan }] of wanted.entries()) {
    const bundle = path.join(folder, `${i + 1}-${name}.js`);
    // All parts of a larger test are met at rest before its first load.
    await bundleScenario(files[i] ?? '', bundle, i === 0 ? files.slice(1) : []);
    const own = plan === undefined ? variables : { ...variables, PLAN: plan };
    const inspection = await inspectScenario(k6, bundle, own);
    if (!inspection.ok) return { kind: 'not_loadable', name, ...inspection };
    scenarios.push({ name, bundle, variables: own, facts: inspection.facts });
  }
  return { kind: 'prepared', scenarios };
}
