import { accessSync, appendFileSync, constants } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UserError } from '../core/spec/errors.ts';
import type { CommentLinks } from '../report/comment.ts';
import { shownPath } from './read-summary-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the run of a workflow is, in GitHub Actions. */
export function linksOf(environment: Environment): CommentLinks {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return server && repository && run ? { runUrl: `${server}/${repository}/actions/runs/${run}` } : {};
}

/** Said before anything is judged: a verdict that cannot be told is found out at once. */
export function expectWritable(file: string): void {
  try {
    if (file.trim() === '') throw new Error('the name is empty');
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

export async function writeOutput(file: string, content: string): Promise<void> {
  try {
    await writeFileAtomic(file, content);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, error: unknown): UserError {
  return new UserError({
    what: `${file === '' ? 'A file for the verdict' : shownPath(path.resolve(file))} cannot be written.`,
    received: (error as Error).message,
    expected: 'a file in a folder that is there and can be written',
  });
}

/** The summary page of the workflow run is a courtesy: the verdict stands without it. */
export function addToStepSummary(text: string, environment: Environment, print: (text: string) => void): void {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    appendFileSync(file, text);
  } catch (error) {
    print(`::warning::The step summary could not be written: ${(error as Error).message.replace(/[\r\n]+/g, ' ')}`);
  }
}
