import { existsSync } from 'node:fs';
import path from 'node:path';
import { present } from '../core/spec/present.ts';
import { fileMistake } from '../files/file-mistake.ts';
import { withTimeline } from '../report/model/evidence.ts';
import { buildReport, type DeliveredFile, type Report } from '../report/model/report.ts';
import type { KeptResults } from './kept-results.ts';
import { listScenarios, type Project } from './project.ts';
import { keep, keptOf } from './publish.ts';
import type { ReadRun, ReadRuns } from './read-runs.ts';
import { REPORT_FORMATS } from './report-formats.ts';
import { writeResult } from './run-folder.ts';
import { placeOf, type Terminal } from './terminal.ts';
import { readTimelineOf } from './timeline-of-run.ts';

/** The format to look at first. */
export const REPORT_PAGE = REPORT_FORMATS.html.file;

/** Every file of a report, the page first: it is written last, after the data. */
export const REPORT_FILES: readonly DeliveredFile[] = keptOf(REPORT_FORMATS)
  .map(({ file, content }) => ({ path: file, content }))
  .toReversed();

/** What a report is written from. */
export type ReportedRuns = Pick<ReadRuns, 'runs' | 'joint'> & Partial<Pick<ReadRuns, 'notes'>>;

/**
 * Makes the report of one run or several.
 * @param folder where it is to go
 */
export function makeReport(folder: string, reported: ReportedRuns, project: Project): Report {
  return buildReport({
    ...reported,
    runs: reported.runs.map(({ run, folder: own }) =>
      own === undefined ? run : withTimeline(run, readTimelineOf(own, run)),
    ),
    scenarios: scenariosIfAny(project),
    files: deliveredFiles(folder, reported.runs),
    ...present({ policy: project.release }),
  });
}

/**
 * The same, written in every format.
 * @param folder where to, which is there already
 * @throws UserError where it cannot be written
 */
export async function writeReport(folder: string, reported: ReportedRuns, project: Project): Promise<Report> {
  const report = makeReport(folder, reported, project);
  await keep(REPORT_FORMATS, report, (name, content) => writeResult(folder, name, content));
  return report;
}

/**
 * The report of a load that has ended: printed first, since what is printed cannot be lost any more. A log gets it in
 * short.
 * @param isPart whether the same is told again with other runs: then its verdict is printed, and why
 */
export async function reportAfterLoad(
  report: Report,
  kept: KeptResults,
  terminal: Terminal,
  isPart = false,
): Promise<void> {
  if (isPart) printVerdict(report, terminal);
  else if (terminal.columns !== undefined) await printReport(report, terminal);
  else terminal.print((await import('../report/log.ts')).renderLog(report, terminal.hasColour));
  await keep(REPORT_FORMATS, report, (name, content) => kept.write(name, content));
}

/** Which of them were not run is a remark: nothing of the report is missing without it. */
function scenariosIfAny(project: Project): string[] {
  try {
    return listScenarios(project);
  } catch (error) {
    if (fileMistake(error) === undefined) throw error;
    return [];
  }
}

/** Prints what a report says, on one screen. */
export async function printReport(report: Report, terminal: Terminal): Promise<void> {
  terminal.print(await REPORT_FORMATS.terminal.render(report, placeOf(terminal)));
}

const MOST_REASONS = 3;

/** The verdict of a run, and unless it passes why. */
function printVerdict({ verdict, decision, reasons }: Report, { print }: Terminal): void {
  const told = verdict === 'pass' ? [] : reasons.slice(0, MOST_REASONS);
  const more = verdict === 'pass' ? 0 : reasons.length - told.length;
  print(
    [decision.headline, ...told.map((each) => `  - ${each}`)].join('\n') + (more > 0 ? `\n  - and ${more} more` : ''),
  );
}

const CONTENTS: Readonly<Record<string, string>> = {
  'summary.json': 'what was measured, whole: counts, percentiles, thresholds, verdict',
  'k6-summary.json': "the same in the shape of k6's handleSummary, for tools that read that",
  'joint.json': 'which runs this test is made of',
  'record.ndjson.gz': 'the record: what k6 measured, period by period',
  'record.ndjson': 'the record: what k6 measured, period by period',
  'k6.log': 'warnings and errors of k6',
};

/** The report itself, and whatever lies beside it or in the folders of its runs. */
function deliveredFiles(folder: string, runs: readonly ReadRun[]): DeliveredFile[] {
  const folders = [...new Set([folder, ...runs.flatMap(({ folder: ofRun }) => ofRun ?? [])])];
  const others = folders.flatMap((each) =>
    [REPORT_PAGE, ...Object.keys(CONTENTS)]
      .filter((name) => existsSync(path.join(each, name)) && !(each === folder && name === REPORT_PAGE))
      .map((name) => ({
        path: path.relative(folder, path.join(each, name)).replaceAll(path.sep, '/'),
        content: name === REPORT_PAGE ? 'the report of that run alone' : (CONTENTS[name] ?? ''),
      })),
  );
  return [...REPORT_FILES, ...others];
}
