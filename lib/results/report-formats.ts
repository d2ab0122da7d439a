import type { Report } from '../report/model/report.ts';
import type { Formats } from './format.ts';

/** Every way in which a report is told. */
export const REPORT_FORMATS = {
  terminal: {
    to: 'standard output',
    render: async (report, { hasColour, columns }) =>
      (await import('../report/terminal.ts')).renderTerminal(report, hasColour, columns),
  },
  json: {
    to: 'results folder',
    file: 'report.json',
    content: 'this report as data, for programs',
    render: async (report) => (await import('../report/json.ts')).renderJson(report),
  },
  markdown: {
    to: 'results folder',
    file: 'report.md',
    content: 'this report as Markdown, for a pull request or a wiki',
    render: async (report) => {
      const { renderMarkdown } = await import('../report/document/render-markdown.ts');
      return renderMarkdown(await documentOf(report));
    },
  },
  html: {
    to: 'results folder',
    file: 'report.html',
    content: 'this report, with charts',
    render: async (report) => {
      const { htmlReport } = await import('./html-report.ts');
      return htmlReport(await documentOf(report));
    },
  },
} as const satisfies Formats<Report>;

async function documentOf(report: Report) {
  const { reportDocument } = await import('../report/sections/report-document.ts');
  return reportDocument(report);
}
