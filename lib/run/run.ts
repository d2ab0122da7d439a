import { UserError } from '../core/spec/errors.ts';
import { projectAround } from '../results/project.ts';
import type { Terminal } from '../results/terminal.ts';
import { runConsecutively } from './consecutive-runs.ts';
import { runOnce } from './run-once.ts';
import { type LoadRequest, openTargetFor, withSession } from './session.ts';

export interface RunRequest extends LoadRequest {
  /** The load in consecutive parts, none longer than this. */
  readonly segmentSeconds?: number;
}

/**
 * Runs a scenario from start to verdict.
 * @returns the exit code
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function run(scenario: string, request: RunRequest, terminal: Terminal): Promise<number> {
  const project = projectAround(request);
  return withSession(request, project, [{ name: scenario }], terminal, async (session) => {
    const [prepared] = session.scenarios;
    if (prepared === undefined) throw new Error('A session without a scenario');
    if (request.part !== undefined && prepared.facts.study !== undefined)
      throw notDivisible(scenario, prepared.facts.study);
    if (request.segmentSeconds !== undefined && !session.k6.hasRecorder) throw notInParts(session.k6.path);
    if (request.segmentSeconds !== undefined) return runConsecutively(session, prepared, request.segmentSeconds);
    const target = await openTargetFor(session, prepared);
    if (target === undefined) return session.interruption.exitCode();
    const { exitCode } = await runOnce(session, prepared, {
      target,
      measuresAtRest: request.measuresAtRest,
      isLatest: true,
    });
    return exitCode;
  });
}

/** What one process sees of a question is not a part of its answer. */
function notDivisible(scenario: string, study: string): UserError {
  return new UserError({
    what: `The load of ${scenario} cannot be divided over several k6 processes: its question (${study}) is answered by one.`,
    received: '--instance',
    expected: 'one process; a long soak can be sent in consecutive parts (--segment 30m)',
  });
}

/** Only the record says when the load of a part begins. */
function notInParts(program: string): UserError {
  return new UserError({
    what: 'Consecutive parts need the recorder of k6-verdict.',
    received: `--segment with ${program}, a k6 without the recorder`,
    expected: 'the k6 that k6-verdict builds with Go',
    todo: 'unset K6_BIN, or install Go where there is none',
  });
}
