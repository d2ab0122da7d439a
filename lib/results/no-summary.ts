import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { formatDuration } from '../core/spec/units.ts';
import { shownPath } from '../files/shown-path.ts';
import { JOINT, listRunFolders, SUMMARY } from './find-run.ts';

/** Files of a project, which are JSON, and no summary. */
const NO_SUMMARY = /^(package|package-lock|tsconfig.*|biome)\.json$/;

/** What to say of a folder in which there is no summary: it may hold runs, be none of a run, or be of one that died. */
export function withoutSummary(folder: string): UserError {
  const inside = readdirSync(folder);
  const runs = listRunFolders(folder);
  if (runs.length > 0) {
    return new UserError({
      what: `${shownPath(folder)} is not a run, but holds ${runs.length === 1 ? 'one' : runs.length}.`,
      expected: 'the folder of one run or of one joint test',
      todo: `name one of them, such as ${shownPath(path.join(folder, runs.at(-1) ?? ''))}`,
    });
  }
  if (!inside.includes('k6.log')) {
    const json = inside.find((name) => name.endsWith('.json') && !NO_SUMMARY.test(name));
    return new UserError({
      what: `${shownPath(folder)} is not the folder of a run.`,
      received: inside.length === 0 ? 'an empty folder' : `a folder with ${inside.slice(0, 8).join(', ')}`,
      expected: `a folder with ${SUMMARY} or ${JOINT}`,
      ...present({ todo: json && `name a file in it, such as ${shownPath(path.join(folder, json))}` }),
    });
  }
  return new UserError({
    what: `The run ${path.basename(folder)} has no summary: there is nothing to report or to judge.`,
    received: `${whyWithoutSummary(folder)}${startOf(folder)}`,
    expected: `${SUMMARY} in ${shownPath(folder)}`,
    todo: `read ${shownPath(path.join(folder, 'k6.log'))} for what k6 said last, and run the test again`,
  });
}

/** The name of a run folder begins with the time at which it was made. */
function startOf(folder: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(path.basename(folder)) ?? [];
  if (year === undefined) return '';
  const startedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return `; it was started ${formatDuration(Math.max(0, Math.round((Date.now() - startedAt) / 1000)))} ago`;
}

/** A run without a summary is under way, or died. */
export function whyWithoutSummary(folder: string): string {
  return existsSync(path.join(folder, '.measured.json'))
    ? "k6's figures could not be judged; they are kept in .measured.json"
    : 'k6 died before it wrote its figures, or the run has not ended yet';
}
