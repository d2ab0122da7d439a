import { outcomesText } from '../../core/measure/outcome-rows.ts';
import type { Block, Tone } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  details,
  heading,
  left,
  msCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { present } from '../../core/spec/present.ts';
import { formatMs } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { MOST_DISTRIBUTIONS } from '../model/distributions.ts';
import type { EndpointGroup, EndpointRow } from '../model/endpoint-rows.ts';
import type { Report } from '../model/report.ts';
import { causeBlocks } from './causes.ts';
import { endpointText } from './cells.ts';
import { distributionCharts, outcomeChart } from './charts.ts';

/** How the state of an endpoint reads. */
const STATES: Readonly<Record<EndpointGroup, readonly [state: string, tone: Tone]>> = {
  broken: ['broken', 'bad'],
  failing: ['failing', 'bad'],
  slow: ['slow', 'bad'],
  limited: ['rate limited', 'plain'],
  unknown: ['not known', 'caution'],
  healthy: ['healthy', 'good'],
  unmeasured: ['not measured', 'caution'],
};

/** From so many endpoints on, those that need no look are folded. */
const MANY_ENDPOINTS = 16;

export function endpointSection(report: Report): Block[] {
  const { endpoints, runs } = report;
  const numbered = endpoints.map((row, at) => ({ row, at }));
  const isFolded = ({ row }: NumberedRow) => endpoints.length >= MANY_ENDPOINTS && needsNoLook(row);
  const folded = numbered.filter(isFolded);
  const open = numbered.filter((each) => !isFolded(each));
  return [
    heading(2, 'Endpoints'),
    ...(runs.length > 1 ? [paragraph('Each endpoint over all runs that have it.')] : []),
    ...(open.length > 0 ? [endpointTable('Endpoints', open)] : []),
    ...details(
      foldedTitle(folded.map(({ row }) => row)),
      folded.length > 0 ? [endpointTable('Healthy endpoints', folded)] : [],
    ),
    ...details('Why requests failed', causeBlocks(report)),
    ...details('More latencies of each endpoint, and charts', [
      ...latencyBlocks(endpoints),
      ...outcomeChart(endpoints),
      ...curveBlocks(report),
    ]),
  ];
}

/** With its place in the report. */
interface NumberedRow {
  readonly row: EndpointRow;
  readonly at: number;
}

function needsNoLook({ group }: EndpointRow): boolean {
  return group === 'healthy' || group === 'limited';
}

function foldedTitle(rows: readonly EndpointRow[]): string {
  const p95s = rows.flatMap(({ ok }) => ok.p95 ?? []);
  const range = p95s.length === 0 ? '' : `, p95 at most ${formatMs(Math.max(...p95s))}`;
  return `${counted(rows.length, 'endpoint')} without a problem${range}`;
}

function curveBlocks(report: Report): Block[] {
  const curves = distributionCharts(report);
  const { length } = report.endpoints;
  return curves.length === 0 || length <= MOST_DISTRIBUTIONS
    ? curves
    : [paragraph(`Of ${length} endpoints, the ${MOST_DISTRIBUTIONS} slowest are drawn.`), ...curves];
}

/** What links lead to the row of an endpoint by. @param at its place in the report */
export function endpointAnchor(at: number): string {
  return `endpoint-${at + 1}`;
}

function endpointTable(caption: string, rows: readonly NumberedRow[]): Block {
  const hasFailed = rows.some(({ row }) => failedText(row) !== '');
  return table(
    caption,
    [
      ...left('Endpoint', 'State'),
      ...right('Requests', 'Success', 'p50', 'p95', 'p99'),
      ...left(...(hasFailed ? ['Not ok'] : [])),
    ],
    rows.map(({ row }) => [
      cell(endpointText(row)),
      cell(...STATES[row.group]),
      countCell(row.requests),
      shareCell(row.successShare),
      msCell(row.ok.p50),
      msCell(row.ok.p95),
      msCell(row.ok.p99),
      ...(hasFailed ? [cell(failedText(row))] : []),
    ]),
    rows.map(({ row, at }) => ({
      anchor: endpointAnchor(at),
      ...present({ text: row.group === 'healthy' ? undefined : row.assessment }),
    })),
  );
}

/** Of more, those that need a look stand first. */
const MOST_LATENCIES = 60;

/** Of endpoints with replies that were not ok: those have latencies as well. */
function latencyBlocks(endpoints: readonly EndpointRow[]): Block[] {
  const mixed = endpoints.filter(({ ok, all }) => ok.count !== all.count).slice(0, MOST_LATENCIES);
  if (mixed.length === 0) return [];
  return [
    table(
      'Latency of ok and of all responses',
      [...left('Endpoint'), ...right('ok: mean', 'ok: p95', 'ok: max', 'All: mean', 'All: p95', 'All: max')],
      mixed.map(({ ok, all, ...row }) => [
        cell(endpointText(row)),
        ...[ok, all].flatMap(({ count, avg, p95, max }) =>
          [avg, p95, max].map((ms) => msCell(count === 0 ? undefined : ms)),
        ),
      ]),
    ),
  ];
}

/** By what became of them, the commonest first. */
function failedText({ outcomes }: EndpointRow): string {
  const notOk = outcomes.filter(({ outcome }) => outcome !== 'ok');
  return notOk.length === 0 ? '' : outcomesText(notOk);
}
