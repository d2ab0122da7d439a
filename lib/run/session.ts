import type { Settings } from '../core/spec/settings.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { endAll } from '../process/end-with-us.ts';
import type { Project } from '../results/project.ts';
import type { Terminal } from '../results/terminal.ts';
import { checkScenarios, refuseWithoutRecorder } from './check-scenarios.ts';
import { K6_MODULE_FOLDER } from './installation.ts';
import { type Interruption, stopWhenAbandoned, watchSignals } from './interruption.ts';
import { adviceOn } from './k6/k6-advice.ts';
import { describeKept } from './k6/kept-from-k6.ts';
import { refuseWithoutSecretSource } from './k6/secret-source.ts';
import { meetSecrets } from './known-secrets.ts';
import type { LoadRequest } from './load-request.ts';
import { type PreparedScenario, prepareScenarios, type WantedScenario } from './prepare-scenarios.ts';
import { type PreparedScript, prepareScript, requireRecorder, type WantedScript } from './script/prepare-script.ts';
import { scenarioVariables } from './setting-sources.ts';
import { dnsPolicyOf } from './target/dns-policy.ts';
import { OpenTargets } from './target/open-targets.ts';
import type { OpenTarget, Target } from './target/target.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** A scenario of the library, or any k6 script. */
export type WantedLoad = WantedScenario | WantedScript;

/** Load that k6 can be told to send. */
export type PreparedLoad = PreparedScenario | PreparedScript;

/** Everything that runs have in common, ready to send load. */
export interface Session {
  readonly request: LoadRequest;
  readonly terminal: Terminal;
  readonly project: Project;
  /** Of its scenarios; where there are none, nobody has set anything. */
  readonly settings: Settings | undefined;
  readonly k6: K6Binary;
  /** In the order in which they were wanted. */
  readonly loads: readonly PreparedLoad[];
  /** What scenarios send load to, unless a run has a target of its own; scripts alone name theirs themselves. */
  readonly target: Target | undefined;
  readonly targets: OpenTargets;
  readonly interruption: Interruption;
  /** For what does not outlive the session. */
  readonly temporaryFolder: string;
}

/**
 * Checks everything that can be wrong, lets `work` open the target and send load, and clears up after it.
 * @returns the exit code: of `work`, or k6's own where it cannot load a scenario
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function withSession(
  request: LoadRequest,
  project: Project,
  wanted: readonly WantedLoad[],
  terminal: Terminal,
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const wantedScenarios = wanted.filter((each) => 'name' in each);
  const checked = wantedScenarios.length === 0 ? undefined : checkScenarios(request, project, wantedScenarios);
  const wantedScripts = wanted.filter((each) => 'script' in each);
  const scripts = await Promise.all(wantedScripts.map((each) => prepareScript(each, request, project)));
  const environment = { ...request.sources.environment, ...checked?.variables };
  const allowedHosts = [...(checked?.settings.allowedHosts ?? []), ...scripts.flatMap((script) => script.allowedHosts)];
  const way = { dnsPolicy: dnsPolicyOf(request.k6Arguments, environment), environment };
  const targets = new OpenTargets(allowedHosts, way);
  if (checked !== undefined) targets.requireConsent(checked.target);
  const k6 = await findK6({ moduleFolder: K6_MODULE_FOLDER, log: terminal.say });
  if (scripts.length > 0) requireRecorder(k6);

  const folder = makeTemporaryFolder();
  const cleanUp = async () => {
    await targets.close();
    folder.remove();
  };
  const interruption = watchSignals(cleanUp, terminal.say);
  const endWatch = stopWhenAbandoned(interruption, terminal.say);
  const kept = checked && describeKept({ ...request.sources.environment, ...scenarioVariables(request.sources) });
  if (kept !== undefined) terminal.say(kept);
  try {
    const { files = [], variables = {} } = checked ?? {};
    const prepared = await prepareScenarios(k6, wantedScenarios, files, variables, folder.path);
    if (prepared.kind === 'not_loadable') {
      const advice = adviceOn(prepared.message);
      const todo = advice === undefined ? '' : `\n  to do:    ${advice}`;
      terminal.say(`k6 cannot load the scenario ${prepared.name}:\n${prepared.message}${todo}`);
      return prepared.exitCode;
    }
    for (const { facts } of prepared.scenarios) meetSecrets(environment, facts.secretVariables);
    refuseWithoutRecorder(k6, prepared.scenarios);
    refuseWithoutSecretSource(prepared.scenarios, environment, request.k6Arguments);
    const [scenario, script] = [prepared.scenarios.values(), scripts.values()];
    const loads = wanted.flatMap((each) => ('name' in each ? scenario : script).next().value ?? []);
    const { settings, target } = checked ?? {};
    const common = { request, terminal, project, settings, k6, target, targets, interruption };
    const exitCode = await work({ ...common, loads, temporaryFolder: folder.path });
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
  { target: usual, targets, interruption, loads }: Session,
  load: PreparedLoad,
  target = usual,
): Promise<OpenTarget | undefined> {
  if (target === undefined) throw new Error('A session without a target');
  const asked = load.kind === 'scenario' ? load.facts.referenceBackend : undefined;
  const isAsked = target.kind === 'reference-backend' && asked !== undefined;
  const open = async () => {
    const isOpen = await targets.open(isAsked ? { ...target, args: asked } : target);
    // Those of later runs too: that one of them is missing is not to show after hours of load.
    for (const each of loads) if (each.kind === 'scenario') await targets.meetServers(each.facts.servers ?? {});
    return isOpen;
  };
  const opened = await interruption.unlessStopped(open());
  // What is half started would keep us waiting.
  if (opened === undefined) endAll();
  return opened;
}
