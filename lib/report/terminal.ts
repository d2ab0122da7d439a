import pc from 'picocolors';
import type { ThresholdVerdict } from '../core/judge/threshold.ts';
import { isExcused } from '../core/judge/threshold-order.ts';
import type { Verdict } from '../core/judge/verdict.ts';
import { verdictText } from '../core/judge/verdict-text.ts';
import { outcomesText } from '../core/measure/outcome-rows.ts';
import { msCell } from '../core/spec/document/cells.ts';
import { formatCount, formatDuration, formatShare } from '../core/spec/units.ts';
import type { Report } from './model/report.ts';
import { actualText, limitText, remarkText } from './sections/threshold-texts.ts';
import { oneLine, plainTable } from './terminal-text.ts';

const MOST_REASONS = 5;
const MOST_THRESHOLDS = 24;
const MOST_ENDPOINTS = 40;

/** The verdict as a terminal shows it. @param hasColour whether the terminal takes colours and the user wants them */
export function renderTerminal(report: Report, hasColour: boolean): string {
  const colours = pc.createColors(hasColour);
  const paint: Paint = (verdict, text) =>
    verdict === 'pass' ? colours.green(text) : isExcused({ verdict }) ? colours.yellow(text) : colours.red(text);
  const { totals, decision, thresholds, runs, problems } = report;
  const held = thresholds.filter(({ verdict }) => verdict === 'pass');
  const worthALook = thresholds.filter(({ verdict, unstable }) => verdict !== 'pass' || unstable !== undefined);
  const rate = totals.requestsPerSecond === undefined ? '' : `, ${totals.requestsPerSecond.toFixed(1)}/s`;
  const shares =
    totals.outcomes.map(({ label, share }) => `${formatShare(share)} ${label}`).join(', ') || 'nothing was counted';
  const findings = problems.map(({ severity, summary }) => `  ${colours.red(severity.padEnd(8))}  ${oneLine(summary)}`);
  return [
    '',
    colours.bold(paint(report.verdict, oneLine(decision.headline))),
    ...capped(report.reasons, MOST_REASONS, 'see the report').map((reason) => `  - ${oneLine(reason)}`),
    ...(report.studies.length > 0 ? [''] : []),
    ...report.studies.map(
      ({ scenario, headline }) =>
        `${runs.length > 1 ? `${oneLine(scenario)}: ` : ''}${colours.bold(oneLine(headline))}`,
    ),
    '',
    `${formatCount(totals.requests)} requests${rate}: ${shares}`,
    ...(runs.length > 1 ? ['', runTable(report, paint)] : []),
    '',
    endpointTable(report),
    ...(worthALook.length > 0 ? ['', thresholdTable(report, worthALook, paint)] : []),
    `${formatCount(held.length)} of ${formatCount(thresholds.length)} thresholds hold.`,
    ...(findings.length > 0 ? ['', 'Findings:', ...findings] : []),
    ...(report.notes.length > 0 ? [''] : []),
    ...report.notes.map((note) => colours.dim(`Note: ${oneLine(note)}`)),
    '',
  ].join('\n');
}

type Paint = (verdict: Verdict | ThresholdVerdict, text: string) => string;

function capped(texts: readonly string[], most: number, where: string): string[] {
  return texts.length <= most ? [...texts] : [...texts.slice(0, most), `and ${texts.length - most} more: ${where}`];
}

function runTable({ runs }: Report, paint: Paint): string {
  const table = plainTable(['scenario', 'verdict', 'requests', 'duration', 'ok p95', 'outcomes']);
  for (const run of runs) {
    const planned = run.plannedRequests === undefined ? '' : ` of ${formatCount(Math.round(run.plannedRequests))}`;
    table.push([
      oneLine(run.scenario),
      paint(run.verdict, verdictText(run.verdict)),
      `${formatCount(run.requests)}${planned}`,
      run.loadSeconds === undefined ? '–' : formatDuration(run.loadSeconds),
      String(msCell(run.ok.p95).text),
      outcomesText(run.outcomes),
    ]);
  }
  return table.toString();
}

function endpointTable({ endpoints }: Report): string {
  const table = plainTable(['endpoint', '', 'requests', 'ok', 'not ok', 'ok p95']);
  for (const { id, group, requests, outcomes, ok } of endpoints.slice(0, MOST_ENDPOINTS)) {
    const good = outcomes.find(({ outcome }) => outcome === 'ok')?.count ?? 0;
    const notOk = outcomes.filter(({ outcome }) => outcome !== 'ok');
    table.push([
      oneLine(id),
      group,
      formatCount(requests),
      formatCount(good),
      notOk.length > 0 ? outcomesText(notOk) : '',
      String(msCell(ok.p95).text),
    ]);
  }
  const more = endpoints.length - MOST_ENDPOINTS;
  return `${table.toString()}${more > 0 ? `\n  and ${more} more endpoints: see the report` : ''}`;
}

function thresholdTable({ runs }: Report, rows: Report['thresholds'], paint: Paint): string {
  const isJoint = runs.length > 1;
  const hasRemarks = rows.some((row) => remarkText(row) !== '');
  const table = plainTable([
    ...(isJoint ? ['scenario'] : []),
    'threshold',
    'endpoint',
    'limit',
    'actual',
    'verdict',
    ...(hasRemarks ? ['remark'] : []),
  ]);
  for (const row of rows.slice(0, MOST_THRESHOLDS)) {
    table.push([
      ...(isJoint ? [oneLine(row.scenario)] : []),
      oneLine(row.title),
      oneLine(row.endpoint ?? 'all'),
      limitText(row),
      actualText(row),
      paint(row.verdict, verdictText(row.verdict)),
      ...(hasRemarks ? [oneLine(remarkText(row))] : []),
    ]);
  }
  const more = rows.length - MOST_THRESHOLDS;
  return `${table.toString()}${more > 0 ? `\n  and ${more} more: see the report` : ''}`;
}
