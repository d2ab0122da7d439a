import path from 'node:path';
import { EXIT, isOwnReason } from '../core/spec/exit-codes.ts';
import { present } from '../core/spec/present.ts';
import type { TestFacts } from '../core/spec/test-facts.ts';
import { formatDuration } from '../core/spec/units.ts';
import { fileMistake } from '../files/file-mistake.ts';
import { shownPath } from '../files/shown-path.ts';
import type { JointRecord } from '../report/model/joint-record.ts';
import { expectShape } from '../results/expect-shape.ts';
import { KeptResults } from '../results/kept-results.ts';
import { projectAround, readOwnConfig, unknownName } from '../results/project.ts';
import { createJointFolder } from '../results/run-folder.ts';
import type { Terminal } from '../results/terminal.ts';
import { makeReport, REPORT_PAGE, reportAfterLoad } from '../results/write-report.ts';
import { countDown } from './count-down.ts';
import { inEnvironment } from './in-environment.ts';
import { LimitMemory } from './limit-memory.ts';
import type { LoadRequest } from './load-request.ts';
import type { WantedScenario } from './prepare-scenarios.ts';
import { hasJourneys, runLoad } from './run-load.ts';
import type { RunResult } from './run-once.ts';
import { optionsOfScenarios, refuseOptionsOfScenarios } from './script/options-of-scenarios.ts';
import type { WantedScript } from './script/prepare-script.ts';
import { openTargetFor, type PreparedLoad, type Session, withSession } from './session.ts';
import type { OpenTarget } from './target/target.ts';

/** Several plans that are one test, as package.json names them under `"k6-verdict": { "suites": ... }`. */
export interface Suite {
  readonly name: string;
  readonly testId: string;
  readonly purpose: string;
  /** Plans of scenarios, and k6 scripts by their paths from the folder of package.json. */
  readonly runs: readonly (Required<WantedScenario> | Pick<WantedScript, 'script'>)[];
}

export interface SuiteRequest extends LoadRequest {
  /** Between two plans; by default until no declared rate limit remembers the plans before. */
  readonly pauseSeconds?: number;
}

/**
 * Runs the plans of a suite one after another, each as a k6 process of its own, and reports them as one test.
 * A target that dies on the way is a finding: the remaining plans are still sent.
 * @returns the exit code: 0 only when every plan passes
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function runSuite(name: string, asked: SuiteRequest, terminal: Terminal): Promise<number> {
  const { request, project } = inEnvironment(asked, projectAround(asked), terminal.say);
  const suite = readSuite(path.join(project.root, 'package.json'), name);
  refuseWithoutEffect(request, suite, terminal);
  const wanted = suite.runs.map((run) =>
    'script' in run ? { ...run, file: path.resolve(project.root, run.script) } : run,
  );
  return withSession(request, project, wanted, terminal, async (session) => {
    const [first] = session.loads;
    if (first !== undefined) await openFor(session, first);
    const startedAt = new Date();
    const joint = createJointFolder(project, suite.name, startedAt);
    const recordOf = (runIds: readonly string[]): JointRecord => ({
      schemaVersion: 1,
      testId: suite.testId,
      runId: joint.runId,
      suite: suite.name,
      purpose: suite.purpose,
      startedAt: startedAt.toISOString(),
      endedAt: new Date().toISOString(),
      planned: session.loads.map(({ name }, i) => ({ scenario: name, ...present({ plan: planOf(suite.runs[i]) }) })),
      runIds,
    });
    const kept = new KeptResults(joint.path);
    const keep = (record: JointRecord) => kept.write('joint.json', `${JSON.stringify(record, null, 2)}\n`);
    // Also while it runs: should this process be killed, it is known what belongs together.
    const results = await runPlans(suite, request, session, (runIds) => {
      keep(recordOf(runIds));
    });
    if (results.length === 0) return session.interruption.exitCode();
    tellNotRun(session, results.length);
    const withRun = results.filter(({ run }) => run !== undefined);
    const isWhole = withRun.length === suite.runs.length;
    const record = recordOf(results.map(({ folder }) => folder.runId));
    keep(record);
    if (withRun.length > 0) await reportJointly(joint.path, record, results, session, kept);
    kept.tell(terminal);
    return worstExitCode(
      results.map(({ exitCode }) => exitCode),
      isWhole,
    );
  });
}

/**
 * What changes nothing at all is refused; what changes a part of the runs is said.
 * @throws UserError for settings of scenarios where a suite has none
 */
function refuseWithoutEffect(request: SuiteRequest, { runs }: Suite, { say }: Terminal): void {
  const scripts = runs.filter((run) => 'script' in run);
  if (scripts.length === 0) return;
  if (scripts.length === runs.length) refuseOptionsOfScenarios(request);
  const options = optionsOfScenarios(request);
  if (options.length > 0)
    say(`${options.join(', ')}: for the scenarios of this suite alone; scripts are run as they are.`);
}

function planOf(run: Suite['runs'][number] | undefined): string | undefined {
  return run !== undefined && 'plan' in run ? run.plan : undefined;
}

/** Scripts name their hosts themselves, unless the scenarios beside them have a service of somebody's to share. */
async function openFor(session: Session, load: PreparedLoad): Promise<{ readonly target?: OpenTarget } | undefined> {
  const isWithout = session.target === undefined || session.target.kind === 'reference-backend';
  if (load.kind === 'script' && isWithout) return {};
  const target = await openTargetFor(session, load);
  return target && { target };
}

/** @param onStart is told of all runs so far, and of the one that is about to send load */
async function runPlans(
  suite: Suite,
  request: SuiteRequest,
  session: Session,
  onStart: (runIds: readonly string[]) => void,
): Promise<RunResult[]> {
  const { loads, terminal, interruption } = session;
  const limits = new LimitMemory(loads.map(limitWindowsOf));
  const results: RunResult[] = [];
  for (const [i, load] of loads.entries()) {
    const isFirst = i === 0;
    const isFirstScenario = load === loads.find(({ kind }) => kind === 'scenario');
    const opened = await openFor(session, load);
    if (opened === undefined || interruption.isStopped()) break;
    const { target } = opened;
    if (!isFirst && !(await pauseBefore(i, target, limits, request, session))) break;
    terminal.say(`\nPlan ${i + 1} of ${loads.length}: ${nameOf(load)}`);
    const run = runLoad(session, load, {
      target,
      measuresAtRest: request.measuresAtRest && (isFirstScenario || hasJourneys(load)),
      testId: suite.testId,
      isLatest: false,
      onStart: (runId) => onStart([...results.map(({ folder }) => folder.runId), runId]),
    });
    const result = await (isFirst ? run : run.catch((error: unknown) => toldInstead(error, terminal)));
    if (result === undefined) break;
    results.push(result);
    // The first scenario met the endpoints of all of them at rest.
    limits.used(Object.keys(isFirstScenario ? limits.windowsSeconds : limitWindowsOf(load)), Date.now());
    // Without a summary k6 was killed or did not start; cut short, someone wants it to end.
    if (result.run === undefined || result.run.verdict === 'incomplete') break;
  }
  return results;
}

function tellNotRun({ loads, terminal }: Session, done: number): void {
  const left = loads.slice(done).map(nameOf);
  if (left.length > 0) terminal.say(`\nNot run: ${left.join('; ')}.`);
}

/** @returns false where somebody wants us to end */
async function pauseBefore(
  at: number,
  target: OpenTarget | undefined,
  limits: LimitMemory,
  request: SuiteRequest,
  { terminal, interruption, loads }: Session,
): Promise<boolean> {
  const load = loads[at] as PreparedLoad;
  const neededSeconds =
    target === undefined ? 0 : limits.secondsUntilForgotten(limitWindowsOf(load), target.url, Date.now());
  const pauseSeconds = request.pauseSeconds ?? neededSeconds;
  if (pauseSeconds <= 0) return true;
  terminal.say(describePause(pauseSeconds, neededSeconds));
  return countDown(pauseSeconds, `Plan ${at + 1} of ${loads.length}`, terminal, interruption);
}

/** What a script is limited by nobody declares. */
function limitWindowsOf(load: PreparedLoad): TestFacts['limitWindowsSeconds'] {
  return load.kind === 'scenario' ? load.facts.limitWindowsSeconds : {};
}

function nameOf(load: PreparedLoad): string {
  return load.kind === 'scenario' ? `${load.name}, plan ${load.facts.plan}` : load.script;
}

/** A plan that cannot be sent any more takes nothing away from those before it. @throws whatever is a defect */
function toldInstead(error: unknown, { say }: Terminal): undefined {
  const mistake = fileMistake(error);
  if (mistake === undefined) throw error;
  say(mistake.message);
}

function describePause(pauseSeconds: number, neededSeconds: number): string {
  const waiting = `\nWaiting ${formatDuration(pauseSeconds)}`;
  if (pauseSeconds >= neededSeconds) return `${waiting} until the rate limits of the plans before have expired.`;
  return `${waiting}. Declared rate limits last ${formatDuration(neededSeconds)}: the next plan may get 429 responses because of the plans before.`;
}

async function reportJointly(
  folder: string,
  joint: JointRecord,
  results: readonly RunResult[],
  { terminal, project }: Session,
  kept: KeptResults,
): Promise<void> {
  const runs = results.flatMap(({ run, folder: own }) => (run === undefined ? [] : [{ run, folder: own.path }]));
  await reportAfterLoad(makeReport(folder, { runs, joint }, project), kept, terminal);
  if (kept.isWhole) terminal.say(`Joint report: ${shownPath(path.join(folder, REPORT_PAGE))}`);
}

/** A plan that ended for a reason of k6's own says so; a plan that never ran leaves the test interrupted. */
function worstExitCode(codes: readonly number[], isWhole: boolean): number {
  const own = codes.find(isOwnReason);
  if (own !== undefined) return own;
  if (!isWhole) return EXIT.aborted;
  return codes.every((code) => code === EXIT.pass) ? EXIT.pass : EXIT.thresholds;
}

/** @throws UserError that lists the suites there are */
export function readSuite(packageFile: string, name: string): Suite {
  const suites = readOwnConfig(packageFile).suites ?? {};
  if (!Object.hasOwn(suites, name)) {
    throw unknownName('suite', name, Object.keys(suites), '"k6-verdict": { "suites": { ... } } in package.json');
  }
  const suite = expectShape<Omit<Suite, 'name'>>('suite', suites[name], {
    what: `The suite "${name}" in ${packageFile} is not one.`,
    expected:
      '{ "testId": "...", "purpose": "...", "runs": [{ "name": "<scenario>", "plan": "<plan>" }, { "script": "<path>" }, ...] }',
    name,
  });
  return { ...suite, name };
}
