import path from 'node:path';
import type { UserError } from '../core/spec/errors.ts';
import { explained, reasonOf } from '../files/file-mistake.ts';
import { appendToFile, expectReplaceable, replaceFile } from '../files/replace-file.ts';
import { shownPath } from '../files/shown-path.ts';
import type { CommentLinks } from '../report/comment.ts';
import { annotation } from '../report/workflow-commands.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the run of a workflow is, in GitHub Actions. */
export function linksOf(environment: Environment): CommentLinks {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return server && repository && run ? { runUrl: `${server}/${repository}/actions/runs/${run}` } : {};
}

/** Said before anything is judged: a verdict that cannot be told is found out at once. */
export function expectWritable(file: string): void {
  try {
    expectReplaceable(path.resolve(file));
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** @returns why it could not be written, if it could not */
export function writeOutput(file: string, content: string): UserError | undefined {
  try {
    replaceFile(path.resolve(file), content);
    return undefined;
  } catch (error) {
    return cannotWrite(file, error);
  }
}

function cannotWrite(file: string, error: unknown): UserError {
  return explained(error, {
    what: `${shownPath(path.resolve(file))} cannot be written.`,
    expected: 'a file in a folder that is there and can be written',
  });
}

/** The summary page of the workflow run is a courtesy: the verdict stands without it. */
export function addToStepSummary(text: string, environment: Environment, annotate: (command: string) => void): void {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    appendToFile(file, text);
  } catch (error) {
    annotate(annotation('warning', 'k6-verdict', `The step summary could not be written: ${reasonOf(error)}`));
  }
}
