import { UserError } from '../core/spec/errors.ts';
import { projectAround, projectOrFolder } from '../results/project.ts';
import type { Terminal } from '../results/terminal.ts';
import { runConsecutively } from './consecutive-runs.ts';
import { inEnvironment } from './in-environment.ts';
import type { LoadRequest } from './load-request.ts';
import type { PreparedScenario } from './prepare-scenarios.ts';
import { runOnce } from './run-once.ts';
import { runScript } from './script/run-script.ts';
import { openTargetFor, type Session, withSession } from './session.ts';
import { wantedLoad } from './wanted-load.ts';

export interface RunRequest extends LoadRequest {
  /** The load in consecutive parts, none longer than this. */
  readonly segmentSeconds?: number;
}

/**
 * Runs a scenario, or any k6 script, from start to verdict.
 * @param load the name of a scenario, or the path of a script from the working folder
 * @returns the exit code
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function run(load: string, asked: RunRequest, terminal: Terminal): Promise<number> {
  const wanted = wantedLoad(load, asked.workingFolder);
  const around = 'script' in wanted ? projectOrFolder(asked) : projectAround(asked);
  const { request, project } = inEnvironment(asked, around, terminal.say);
  return withSession(request, project, [wanted], terminal, async (session) => {
    const [prepared] = session.loads;
    if (prepared === undefined) throw new Error('A session without load');
    if (prepared.kind === 'script') return (await runScript(session, prepared, { isLatest: true })).exitCode;
    return runScenario(session, prepared, request);
  });
}

async function runScenario(session: Session, scenario: PreparedScenario, request: RunRequest): Promise<number> {
  const { part, segmentSeconds, measuresAtRest } = request;
  const { name, facts } = scenario;
  if (part !== undefined && facts.study !== undefined) throw notDivisible(name, facts.study);
  if (segmentSeconds !== undefined && !session.k6.hasRecorder) throw notInParts(session.k6.path);
  if (segmentSeconds !== undefined) return runConsecutively(session, scenario, segmentSeconds);
  const target = await openTargetFor(session, scenario);
  if (target === undefined) return session.interruption.exitCode();
  return (await runOnce(session, scenario, { target, measuresAtRest, isLatest: true })).exitCode;
}

/** What one process sees of a question is not a part of its answer. */
function notDivisible(scenario: string, study: string): UserError {
  return new UserError({
    what: `The load of ${scenario} cannot be divided over several k6 processes: its test type (${study}) needs a single one.`,
    received: '--instance',
    expected: 'one process; a long soak can be sent in chunks (--segment 30m)',
  });
}

/** Only the record says when the load of a part begins. */
function notInParts(program: string): UserError {
  return new UserError({
    what: 'Chunks need the recorder of k6-verdict.',
    received: `--segment with ${program}, a k6 without the recorder`,
    expected: 'the k6 that k6-verdict builds with Go',
    todo: 'unset K6_BIN, or install Go where there is none',
  });
}
