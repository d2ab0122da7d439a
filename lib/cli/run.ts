import { runOnce } from './run-once.ts';
import { type LoadRequest, openProject, type Terminal, withSession } from './session.ts';

/**
 * Runs a scenario from start to verdict.
 * @returns the exit code
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function run(scenario: string, request: LoadRequest, terminal: Terminal): Promise<number> {
  const project = openProject(request);
  return withSession(request, project, [{ name: scenario }], terminal, async (session) => {
    const [prepared] = session.scenarios;
    if (prepared === undefined) throw new Error('A session without a scenario');
    const { exitCode } = await runOnce(session, prepared, { measuresAtRest: request.measuresAtRest, isLatest: true });
    return exitCode;
  });
}
