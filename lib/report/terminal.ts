import { subjectOf, type ThresholdVerdict } from '../core/judge/threshold.ts';
import { isExcused } from '../core/judge/threshold-order.ts';
import type { Verdict } from '../core/judge/verdict.ts';
import { verdictText } from '../core/judge/verdict-text.ts';
import { outcomesText } from '../core/measure/outcome-rows.ts';
import type { Block, Cell, Tone } from '../core/spec/document/blocks.ts';
import { cell, countCell, left, list, msCell, NOT_MEASURED, paragraph, table } from '../core/spec/document/cells.ts';
import { formatCount, formatDuration, formatShare } from '../core/spec/units.ts';
import { counted } from '../core/spec/words.ts';
import { type BlockGroup, renderTerminal as renderBlocks } from './document/render-terminal.ts';
import type { Report } from './model/report.ts';
import { stopsText } from './sections/journeys.ts';
import { actualText, limitText, remarkText, subjectTitle } from './sections/threshold-texts.ts';

const MOST_REASONS = 5;
const MOST_THRESHOLDS = 24;
const MOST_ENDPOINTS = 40;

/** The verdict as a terminal shows it. @param hasColour whether the terminal takes colours and the user wants them */
export function renderTerminal(report: Report, hasColour: boolean): string {
  return renderBlocks(terminalGroups(report), hasColour);
}

function terminalGroups(report: Report): BlockGroup[] {
  const { decision, thresholds, runs, problems, notes } = report;
  const held = thresholds.filter(({ verdict }) => verdict === 'pass');
  const worthALook = thresholds.filter(({ verdict, unstable }) => verdict !== 'pass' || unstable !== undefined);
  const hold = paragraph(`${formatCount(held.length)} of ${formatCount(thresholds.length)} thresholds hold.`);
  const groups: BlockGroup[] = [
    [
      { kind: 'verdict', tone: toneOf(report.verdict), text: decision.headline },
      paragraph(decision.sentence),
      ...list(capped(report.reasons, MOST_REASONS, 'see the report')),
    ],
    report.studies.map(({ scenario, headline }) =>
      paragraph([...(runs.length > 1 ? [`${scenario}: `] : []), { strong: headline }]),
    ),
    [paragraph(requestsText(report))],
    runs.length > 1 ? [runTable(report)] : [],
    journeyBlocks(report),
    worthALook.length > 0 ? endpointBlocks(report) : [...endpointBlocks(report), hold],
    worthALook.length > 0 ? [...thresholdBlocks(report, worthALook), hold] : [],
    problems.length > 0 ? [{ kind: 'heading', level: 2, text: 'Findings' }, ...problems.map(findingLine)] : [],
    [...cautions(report), ...notes.map((note) => `Note: ${note}`)].map(aside),
  ];
  return groups;
}

function aside(text: string): Block {
  return { kind: 'paragraph', text, isAside: true };
}

/** A pass has them in its decision. */
function cautions({ verdict, measurements }: Report): string[] {
  if (verdict === 'pass') return [];
  return measurements.flatMap(({ scenario, doubts }) =>
    doubts.map((doubt) => `Caution: ${measurements.length > 1 ? `${scenario}: ` : ''}${doubt}.`),
  );
}

/** How a verdict reads here: everything that is not as it should be is red. */
export function toneOf(verdict: Verdict | ThresholdVerdict | 'unreadable' | 'not_released'): Tone {
  if (verdict === 'pass') return 'good';
  return isExcused({ verdict }) ? 'caution' : 'bad';
}

function requestsText({ totals }: Report): string {
  const rate = totals.requestsPerSecond === undefined ? '' : `, ${totals.requestsPerSecond.toFixed(1)}/s`;
  const shares = totals.outcomes.map(({ label, share }) => `${formatShare(share)} ${label}`).join(', ');
  return totals.requests === 0
    ? 'No HTTP request was counted.'
    : `${counted(totals.requests, 'request')}${rate}: ${shares}`;
}

export function findingLine({ severity, summary }: Pick<Report['problems'][number], 'severity' | 'summary'>): Block {
  return paragraph(['  ', { judged: severity.padEnd(8), tone: 'bad' }, `  ${summary}`]);
}

function capped(texts: readonly string[], most: number, where: string): string[] {
  return texts.length <= most ? [...texts] : [...texts.slice(0, most), `and ${texts.length - most} more: ${where}`];
}

function runTable({ runs }: Report): Block {
  const iterations = runs.every(({ iterationsAre }) => iterationsAre !== undefined) ? 'journeys' : 'iterations';
  const columns = left('scenario', 'verdict', iterations, 'requests', 'duration', 'ok p95', 'outcomes');
  return table(
    'Runs',
    columns,
    runs.map((run) => {
      const planned = run.planned === undefined ? '' : ` of ${formatCount(run.planned)}`;
      const interrupted = run.interrupted === undefined ? '' : `, ${formatCount(run.interrupted)} interrupted`;
      return [
        cell(run.scenario),
        cell(verdictText(run.verdict), toneOf(run.verdict)),
        cell(run.delivered === undefined ? NOT_MEASURED : `${formatCount(run.delivered)}${planned}${interrupted}`),
        countCell(run.requests),
        cell(run.loadSeconds === undefined ? NOT_MEASURED : formatDuration(run.loadSeconds)),
        msCell(run.ok.p95),
        cell(outcomesText(run.outcomes)),
      ];
    }),
  );
}

function journeyBlocks({ journeys, runs }: Report): Block[] {
  if (journeys.length === 0) return [];
  const isJoint = runs.length > 1;
  const columns = left(
    ...(isJoint ? ['scenario'] : []),
    ...['journey', 'started', 'completed', 'stopped at', 'exceptions', 'interrupted', 'p50', 'p95'],
  );
  const rows = journeys
    .slice(0, MOST_ENDPOINTS)
    .map((row) => [
      ...(isJoint ? [cell(row.scenario)] : []),
      cell(row.name),
      countCell(row.started),
      countCell(row.completed),
      cell(stopsText(row)),
      countCell(row.failed),
      countCell(row.interrupted),
      msCell(row.durationMs.p50),
      msCell(row.durationMs.p95),
    ]);
  return [table('Journeys', columns, rows), ...moreThan(journeys.length - MOST_ENDPOINTS, 'more journeys')];
}

function endpointBlocks({ endpoints }: Report): Block[] {
  const columns = left('endpoint', '', 'requests', 'ok', 'not ok', 'ok p95');
  const rows = endpoints.slice(0, MOST_ENDPOINTS).map(({ id, group, requests, outcomes, ok }) => {
    const notOk = outcomes.filter(({ outcome }) => outcome !== 'ok');
    const isKnown = outcomes.every(({ outcome }) => outcome !== 'unknown');
    const okCount = outcomes.find(({ outcome }) => outcome === 'ok')?.count ?? 0;
    return [
      cell(id),
      cell(group),
      countCell(requests),
      countCell(okCount > 0 || isKnown ? okCount : undefined),
      cell(notOk.length > 0 ? outcomesText(notOk) : ''),
      msCell(ok.p95),
    ];
  });
  return [table('Endpoints', columns, rows), ...moreThan(endpoints.length - MOST_ENDPOINTS, 'more endpoints')];
}

function thresholdBlocks({ runs }: Report, all: Report['thresholds']): Block[] {
  const isJoint = runs.length > 1;
  const hasRemarks = all.some((row) => remarkText(row) !== '');
  const columns = left(
    ...(isJoint ? ['scenario'] : []),
    ...['threshold', subjectTitle(all).toLowerCase(), 'limit', 'actual', 'verdict'],
    ...(hasRemarks ? ['remark'] : []),
  );
  const rows = all
    .slice(0, MOST_THRESHOLDS)
    .map((row): Cell[] => [
      ...(isJoint ? [cell(row.scenario)] : []),
      cell(row.title),
      cell(subjectOf(row) ?? 'all'),
      cell(limitText(row)),
      cell(actualText(row)),
      cell(verdictText(row.verdict), toneOf(row.verdict)),
      ...(hasRemarks ? [cell(remarkText(row))] : []),
    ]);
  return [table('Thresholds', columns, rows), ...moreThan(all.length - MOST_THRESHOLDS, 'more')];
}

function moreThan(count: number, what: string): Block[] {
  return count > 0 ? [paragraph(`  and ${count} ${what}: see the report`)] : [];
}
