import path from 'node:path';
import { EXIT } from '../core/spec/exit-codes.ts';
import { shownPath } from '../files/shown-path.ts';
import { projectAround } from '../results/project.ts';
import { type ReadRuns, readRuns } from '../results/read-runs.ts';
import { createOutFolder, createReportFolder } from '../results/run-folder.ts';
import type { Terminal } from '../results/terminal.ts';
import { printReport, REPORT_FILES, REPORT_PAGE, writeReport } from '../results/write-report.ts';
import { takeUpRuns } from '../run/take-up.ts';

export interface ReportRequest {
  /** Run folders, run ids or summary files; none means the latest run. */
  readonly names: readonly string[];
  /** Where the report goes, unless into the folder of its run. */
  readonly outFolder?: string;
  readonly resultsFolder?: string;
  readonly workingFolder: string;
}

/**
 * Rebuilds the report of stored runs, in every format. That of one run, or of one joint test, replaces what is in its
 * folder: it is made from the stored figures alone. Any other goes into a folder of its own.
 * @returns the exit code: 0, whatever the verdict is; the gate judges
 * @throws UserError for runs that cannot be read
 */
export async function report(request: ReportRequest, terminal: Terminal): Promise<number> {
  const project = projectAround(request);
  await takeUpRuns(request.names, project, terminal);
  const read = readRuns(request.names, project);
  const folder =
    request.outFolder === undefined
      ? (homeOf(read) ?? createReportFolder(project, new Date()))
      : createOutFolder(
          request.outFolder,
          REPORT_FILES.map(({ path: name }) => name),
        );
  const written = await writeReport(folder, read, project);
  await printReport(written, terminal);
  terminal.say(`Report: ${shownPath(path.join(folder, REPORT_PAGE))}`);
  return EXIT.pass;
}

function homeOf({ runs, joint, jointFolder }: ReadRuns): string | undefined {
  if (joint !== undefined) return jointFolder;
  return runs.length === 1 ? runs[0]?.folder : undefined;
}
