import type { ThresholdVerdict } from '../core/judge/threshold.ts';
import { isExcused } from '../core/judge/threshold-order.ts';
import type { Verdict } from '../core/judge/verdict.ts';
import { verdictText } from '../core/judge/verdict-text.ts';
import { outcomesText } from '../core/measure/outcome-rows.ts';
import type { Block, Tone } from '../core/spec/document/blocks.ts';
import { cell, countCell, left, msCell, NOT_MEASURED, paragraph, table } from '../core/spec/document/cells.ts';
import { formatCount, formatDuration } from '../core/spec/units.ts';
import { counted } from '../core/spec/words.ts';
import type { EndpointGroup } from './model/endpoint-rows.ts';
import type { ReportFigures } from './model/figures.ts';
import type { Report } from './model/report.ts';
import { stopsText } from './sections/journeys.ts';
import type { TerminalDetail } from './terminal-details.ts';

/** How a verdict reads here: everything that is not as it should be is red. */
export function toneOf(verdict: Verdict | ThresholdVerdict | 'unreadable' | 'not_released'): Tone {
  if (verdict === 'pass') return 'good';
  return isExcused({ verdict }) ? 'caution' : 'bad';
}

/** What several runs did, one row each. Nothing for one. */
export function runBlocks({ runs }: Report, most: number): Block[] {
  if (runs.length <= 1) return [];
  return [runTable(runs, most), ...moreThan(runs.length - most, 'more runs')];
}

function runTable(runs: Report['runs'], most: number): Block {
  const iterations = runs.every(({ iterationsAre }) => iterationsAre !== undefined) ? 'journeys' : 'iterations';
  const columns = left('scenario', 'verdict', iterations, 'requests', 'ok', 'duration', 'ok p95');
  return table(
    'Runs',
    columns,
    runs.slice(0, most).map((run) => {
      const planned = run.planned === undefined ? '' : ` of ${formatCount(run.planned)}`;
      return [
        cell(run.scenario),
        cell(verdictText(run.verdict), toneOf(run.verdict)),
        cell(run.delivered === undefined ? NOT_MEASURED : `${formatCount(run.delivered)}${planned}`),
        countCell(run.requests),
        countCell(okOf(run)),
        cell(run.loadSeconds === undefined ? NOT_MEASURED : formatDuration(run.loadSeconds)),
        msCell(run.ok.p95),
      ];
    }),
  );
}

/** Nothing for a test without journeys. */
export function journeyBlocks({ journeys, runs }: Report, most: number): Block[] {
  if (journeys.length === 0) return [];
  const isJoint = runs.length > 1;
  const hasFailed = journeys.some(({ failed }) => failed > 0);
  const hasInterrupted = journeys.some(({ interrupted }) => interrupted > 0);
  const columns = left(
    ...(isJoint ? ['scenario'] : []),
    ...['journey', 'started', 'completed', 'stopped at'],
    ...(hasFailed ? ['exceptions'] : []),
    ...(hasInterrupted ? ['interrupted'] : []),
    'p95',
  );
  const rows = journeys
    .slice(0, most)
    .map((row) => [
      ...(isJoint ? [cell(row.scenario)] : []),
      cell(row.name),
      countCell(row.started),
      countCell(row.completed),
      cell(stopsText(row)),
      ...(hasFailed ? [countCell(row.failed)] : []),
      ...(hasInterrupted ? [countCell(row.interrupted)] : []),
      msCell(row.durationMs.p95),
    ]);
  return [table('Journeys', columns, rows), ...moreThan(journeys.length - most, 'more journeys')];
}

const GROUP_TONES: Readonly<Record<EndpointGroup, Tone>> = {
  broken: 'bad',
  failing: 'bad',
  slow: 'caution',
  // A limit that does what it declares is no fault.
  limited: 'plain',
  unknown: 'caution',
  healthy: 'good',
  unmeasured: 'caution',
};

/** Those that are not well first, as they come. */
export function endpointBlocks({ endpoints }: Report, most: Pick<TerminalDetail, 'unwell' | 'endpoints'>): Block[] {
  const healthy = endpoints.filter(({ group }) => group === 'healthy');
  const unwell = endpoints.filter(({ group }) => group !== 'healthy').slice(0, most.unwell);
  const shown = [...unwell, ...healthy.slice(0, Math.max(0, most.endpoints - unwell.length))];
  const rows = shown.map((endpoint) => {
    const notOk = endpoint.outcomes.filter(({ outcome }) => outcome !== 'ok');
    return [
      cell(endpoint.id),
      cell(endpoint.group, GROUP_TONES[endpoint.group]),
      countCell(endpoint.requests),
      countCell(okOf(endpoint)),
      cell(notOk.length > 0 ? outcomesText(notOk) : ''),
      msCell(endpoint.ok.p95),
    ];
  });
  const hidden = endpoints.filter((endpoint) => !shown.includes(endpoint));
  const isWell = hidden.every(({ group }) => group === 'healthy');
  const columns = left('endpoint', '', 'requests', 'ok', 'not ok', 'ok p95');
  return [
    table('Endpoints', columns, rows),
    ...moreThan(
      hidden.length,
      `more ${counted(hidden.length, 'endpoint').replace(/^\S+ /, '')}${isWell ? ', healthy' : ''}`,
    ),
  ];
}

/** Absent where it is not known of every request. */
function okOf({ outcomes }: Pick<ReportFigures, 'outcomes'>): number | undefined {
  const ok = outcomes.find(({ outcome }) => outcome === 'ok')?.count ?? 0;
  return ok > 0 || outcomes.every(({ outcome }) => outcome !== 'unknown') ? ok : undefined;
}

/** Says what is left out, and where it is. */
export function moreThan(count: number, what: string): Block[] {
  return count > 0 ? [paragraph(`  and ${formatCount(count)} ${what}: see report.html`)] : [];
}
