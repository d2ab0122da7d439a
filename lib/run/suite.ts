import path from 'node:path';
import { asStored } from '../core/judge/run-summary.ts';
import { EXIT, isOwnReason } from '../core/spec/exit-codes.ts';
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
import { LimitMemory } from './limit-memory.ts';
import { type RunResult, runOnce } from './run-once.ts';
import { type LoadRequest, openTargetFor, type Session, type WantedScenario, withSession } from './session.ts';

/** Several plans that are one test, as package.json names them under `"k6-verdict": { "suites": ... }`. */
export interface Suite {
  readonly name: string;
  readonly testId: string;
  readonly purpose: string;
  readonly runs: readonly Required<WantedScenario>[];
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
export async function runSuite(name: string, request: SuiteRequest, terminal: Terminal): Promise<number> {
  const project = projectAround(request);
  const suite = readSuite(path.join(project.root, 'package.json'), name);
  return withSession(request, project, suite.runs, terminal, async (session) => {
    const [first] = session.scenarios;
    if (first !== undefined) await openTargetFor(session, first);
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
      planned: suite.runs.map(({ name: scenario, plan }) => ({ scenario, plan })),
      runIds,
    });
    const kept = new KeptResults(joint.path);
    const keep = (record: JointRecord) => kept.write('joint.json', `${JSON.stringify(record, null, 2)}\n`);
    // Also while it runs: should this process be killed, it is known what belongs together.
    const results = await runPlans(suite, request, session, (runIds) => {
      keep(recordOf(runIds));
    });
    if (results.length === 0) return session.interruption.exitCode();
    const summaries = results.flatMap(({ summary }) => summary ?? []);
    const isWhole = summaries.length === suite.runs.length;
    const record = recordOf(results.map(({ folder }) => folder.runId));
    keep(record);
    if (summaries.length > 0) await reportJointly(joint.path, record, results, session, kept);
    kept.tell(terminal);
    return worstExitCode(
      results.map(({ exitCode }) => exitCode),
      isWhole,
    );
  });
}

/** @param onStart is told of all runs so far, and of the one that is about to send load */
async function runPlans(
  suite: Suite,
  request: SuiteRequest,
  session: Session,
  onStart: (runIds: readonly string[]) => void,
): Promise<RunResult[]> {
  const { scenarios, terminal, interruption } = session;
  const limits = new LimitMemory(scenarios.map(({ facts }) => facts.limitWindowsSeconds));
  const results: RunResult[] = [];
  for (const [i, scenario] of scenarios.entries()) {
    const isFirst = i === 0;
    const target = await openTargetFor(session, scenario);
    if (target === undefined || interruption.isStopped()) break;
    const neededSeconds = limits.secondsUntilForgotten(scenario.facts.limitWindowsSeconds, target.url, Date.now());
    const pauseSeconds = request.pauseSeconds ?? neededSeconds;
    if (!isFirst && pauseSeconds > 0) {
      terminal.say(describePause(pauseSeconds, neededSeconds));
      if (!(await interruption.pause(pauseSeconds))) break;
    }
    terminal.say(`\nPlan ${i + 1} of ${scenarios.length}: ${scenario.name}, plan ${scenario.facts.plan}`);
    const run = runOnce(session, scenario, {
      target,
      measuresAtRest: request.measuresAtRest && isFirst,
      testId: suite.testId,
      isLatest: false,
      onStart: (runId) => onStart([...results.map(({ folder }) => folder.runId), runId]),
    });
    const result = await (isFirst ? run : run.catch((error: unknown) => toldInstead(error, terminal)));
    if (result === undefined) break;
    results.push(result);
    // The first one met the endpoints of all of them at rest.
    const used = isFirst ? Object.keys(limits.windowsSeconds) : Object.keys(scenario.facts.limitWindowsSeconds);
    limits.used(used, Date.now());
    // Without a summary k6 was killed or did not start; cut short, someone wants it to end.
    if (result.summary === undefined || result.summary.verdict === 'incomplete') break;
  }
  return results;
}

/** A plan that cannot be sent any more takes nothing away from those before it. @throws whatever is a defect */
function toldInstead(error: unknown, { say }: Terminal): undefined {
  const mistake = fileMistake(error);
  if (mistake === undefined) throw error;
  say(mistake.message);
}

function describePause(pauseSeconds: number, neededSeconds: number): string {
  const waiting = `\nWaiting ${formatDuration(pauseSeconds)}`;
  if (pauseSeconds >= neededSeconds) return `${waiting}, so that no rate limit remembers the plans before.`;
  return `${waiting}. Declared rate limits remember the plans before for ${formatDuration(neededSeconds)}: unless the target's are shorter, the next one gets 429 replies for them.`;
}

async function reportJointly(
  folder: string,
  joint: JointRecord,
  results: readonly RunResult[],
  { terminal, project }: Session,
  kept: KeptResults,
): Promise<void> {
  const runs = results.flatMap(({ summary, folder: own }) =>
    summary === undefined ? [] : [{ run: asStored(summary), folder: own.path }],
  );
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
    expected: '{ "testId": "...", "purpose": "...", "runs": [{ "name": "<scenario>", "plan": "<plan>" }, ...] }',
    name,
  });
  return { ...suite, name };
}
