import { createPartFolder, createRunFolder, type RunFolder } from '../results/run-folder.ts';
import { hiddenProgress, type ProgressDisplay, progressDisplay } from './k6/show-progress.ts';
import type { Session } from './session.ts';

/**
 * Makes the folder of a run of a session: where several k6 processes send the load together, that of this one.
 * @throws UserError where it cannot be made
 */
export function folderOfRun(
  { project, request: { part } }: Pick<Session, 'project' | 'request'>,
  name: string,
  isLatest: boolean,
): RunFolder {
  if (part === undefined) return createRunFolder(project, name, new Date(), isLatest);
  return createPartFolder(project, part.runId, part.instance);
}

/** How far a run is, where anybody wants to know. @param expectedSeconds how long its load is to take */
export function displayOfRun(
  { request, terminal }: Pick<Session, 'request' | 'terminal'>,
  expectedSeconds: number,
): ProgressDisplay {
  return request.hidesProgress ? hiddenProgress(terminal) : progressDisplay(terminal, expectedSeconds);
}
