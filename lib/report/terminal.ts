import pc from 'picocolors';
import { formatCount, formatShare } from '../core/units.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Report } from './model.ts';
import { oneLine, plainTable } from './terminal-text.ts';
import { actualText, limitText, msText, outcomesText } from './texts.ts';

/** The verdict as a terminal shows it. @param hasColour whether the terminal takes colours and the user wants them */
export function renderTerminal(report: Report, hasColour: boolean): string {
  const colours = pc.createColors(hasColour);
  const paint = (verdict: Verdict | 'pass', text: string) =>
    verdict === 'pass' ? colours.green(text) : colours.red(text);
  const crossed = report.thresholds.filter(({ verdict }) => verdict !== 'pass');

  const endpoints = plainTable(['endpoint', 'requests', 'ok', 'not ok', 'ok p95']);
  for (const { id, requests, outcomes, ok } of report.endpoints) {
    const good = outcomes.find(({ outcome }) => outcome === 'ok')?.count ?? 0;
    const notOk = outcomes.filter(({ outcome }) => outcome !== 'ok');
    endpoints.push([
      oneLine(id),
      formatCount(requests),
      formatCount(good),
      notOk.length > 0 ? outcomesText(notOk, formatCount) : '',
      msText(ok.p95),
    ]);
  }

  const limits = plainTable(['threshold', 'endpoint', 'limit', 'actual', 'verdict']);
  for (const row of crossed) {
    limits.push([
      row.title,
      oneLine(row.endpoint ?? 'all'),
      limitText(row),
      actualText(row),
      paint(row.verdict, row.verdict.replace('_', ' ')),
    ]);
  }

  const { totals } = report;
  const shares =
    totals.outcomes.map(({ label, share }) => `${formatShare(share)} ${label}`).join(', ') || 'nothing was counted';
  return [
    '',
    colours.bold(paint(report.verdict, report.headline)),
    ...report.reasons.slice(0, MOST_REASONS).map((reason) => `  - ${oneLine(reason)}`),
    ...(report.reasons.length > MOST_REASONS
      ? [`  - and ${report.reasons.length - MOST_REASONS} more: see the report`]
      : []),
    '',
    `${formatCount(totals.requests)} requests, ${totals.requestsPerSecond.toFixed(1)}/s: ${shares}`,
    '',
    endpoints.toString(),
    ...(crossed.length > 0 ? ['', limits.toString()] : []),
    `${formatCount(report.thresholds.length - crossed.length)} of ${formatCount(report.thresholds.length)} thresholds hold.`,
    ...report.notes.map((note) => colours.dim(`Note: ${oneLine(note)}`)),
    '',
  ].join('\n');
}

const MOST_REASONS = 5;
