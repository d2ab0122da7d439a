import { present } from '../core/spec/present.ts';
import { createPartFolder, createRunFolder, type RunFolder } from '../results/run-folder.ts';
import { hiddenProgress, k6AsItIs, type ProgressDisplay, progressDisplay, type ShownRun } from './k6/show-progress.ts';
import { LiveRecord } from './live/live-record.ts';
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

/** How a run is shown while it goes on: not at all in the log of many runs, and as k6 itself shows it where it was asked for. */
export function displayOfRun(
  { request, terminal, k6 }: Pick<Session, 'request' | 'terminal' | 'k6'>,
  { recordFile }: Pick<RunFolder, 'recordFile'>,
  run: Omit<ShownRun, 'record'>,
): ProgressDisplay {
  if (request.k6Output === true) return k6AsItIs(terminal);
  if (request.isOneOfMany === true && terminal.live === undefined) return hiddenProgress(terminal);
  const record = k6.hasRecorder ? new LiveRecord(recordFile) : undefined;
  return progressDisplay(terminal, { ...run, ...present({ record }) });
}
