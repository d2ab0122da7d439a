import { existsSync } from 'node:fs';
import path from 'node:path';
import { renderMarkdown } from '../report/document/render-markdown.ts';
import { renderJson } from '../report/json.ts';
import { withTimeline } from '../report/model/evidence.ts';
import { buildReport, type DeliveredFile, type Report } from '../report/model/report.ts';
import { reportDocument } from '../report/sections/report-document.ts';
import { htmlReport } from './html-report.ts';
import { listScenarios, type Project } from './project.ts';
import type { ReadRun, ReadRuns } from './read-runs.ts';
import { writeResult } from './run-folder.ts';
import { readTimelineOf } from './timeline-of-run.ts';

/** The format to look at first. */
export const REPORT_PAGE = 'report.html';

/** What a report is written from. */
export type ReportedRuns = Pick<ReadRuns, 'runs' | 'joint'> & Partial<Pick<ReadRuns, 'notes'>>;

/**
 * Makes the report of one run or several, and writes it in every format.
 * @param folder where to, which is there already
 */
export async function writeReport(folder: string, reported: ReportedRuns, project: Project): Promise<Report> {
  const report = buildReport({
    ...reported,
    runs: reported.runs.map(({ run, folder: own }) =>
      own === undefined ? run : withTimeline(run, readTimelineOf(own, run)),
    ),
    scenarios: listScenarios(project),
    files: deliveredFiles(folder, reported.runs),
  });
  const document = reportDocument(report);
  await writeResult(folder, 'report.json', renderJson(report));
  await writeResult(folder, 'report.md', renderMarkdown(document));
  await writeResult(folder, REPORT_PAGE, htmlReport(document));
  return report;
}

const CONTENTS: Readonly<Record<string, string>> = {
  'summary.json': 'what was measured, whole: counts, quantile ladders, thresholds, verdict',
  'joint.json': 'which runs this test is made of',
  'timeline.ndjson.gz': "k6's own record of the run over time",
  'timeline.ndjson': "k6's own record of the run over time",
  'k6.log': 'warnings and errors of k6',
};

/** The report itself, and whatever lies beside it or in the folders of its runs. */
function deliveredFiles(folder: string, runs: readonly ReadRun[]): DeliveredFile[] {
  const own: DeliveredFile[] = [
    { path: REPORT_PAGE, content: 'this report, with charts' },
    { path: 'report.md', content: 'this report as Markdown, for a pull request or a wiki' },
    { path: 'report.json', content: 'this report as data, for programs' },
  ];
  const folders = [...new Set([folder, ...runs.flatMap(({ folder: ofRun }) => ofRun ?? [])])];
  const others = folders.flatMap((each) =>
    ['report.html', ...Object.keys(CONTENTS)]
      .filter((name) => existsSync(path.join(each, name)) && !(each === folder && name === REPORT_PAGE))
      .map((name) => ({
        path: path.relative(folder, path.join(each, name)).replaceAll(path.sep, '/'),
        content: name === REPORT_PAGE ? 'the report of that run alone' : (CONTENTS[name] ?? ''),
      })),
  );
  return [...own, ...others];
}
