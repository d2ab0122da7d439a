import pc from 'picocolors';
import { formatCount, formatDuration } from '../core/units.ts';
import type { JointReport } from './joint-model.ts';
import { oneLine, plainTable } from './terminal-text.ts';
import { msText, outcomesText } from './texts.ts';

const MOST_REASONS = 12;

/** The verdict over several runs as a terminal shows it. */
export function renderJointTerminal(report: JointReport, hasColour: boolean): string {
  const colours = pc.createColors(hasColour);
  const paint = report.verdict === 'pass' ? colours.green : colours.red;
  const plans = plainTable(['plan', 'verdict', 'requests', 'duration', 'ok p95', 'outcomes']);
  for (const run of report.runs) {
    const requests =
      run.plannedRequests === undefined
        ? formatCount(run.requests)
        : `${formatCount(run.requests)} of ${formatCount(run.plannedRequests)}`;
    plans.push([
      oneLine(run.scenario),
      run.verdict.replace('_', ' '),
      requests,
      formatDuration(run.loadSeconds),
      msText(run.ok.p95),
      outcomesText(run.outcomes, formatCount),
    ]);
  }
  return [
    '',
    colours.bold(paint(`${oneLine(report.record.testId)}: ${report.headline}`)),
    ...report.reasons.slice(0, MOST_REASONS).map((reason) => `  - ${oneLine(reason)}`),
    ...(report.reasons.length > MOST_REASONS
      ? [`  - and ${report.reasons.length - MOST_REASONS} more: see the report`]
      : []),
    '',
    `${formatCount(report.totals.requests)} requests: ${outcomesText(report.totals.outcomes, formatCount)}`,
    '',
    plans.toString(),
    ...report.notes.map((note) => colours.dim(`Note: ${oneLine(note)}`)),
    '',
  ].join('\n');
}
