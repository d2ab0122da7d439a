import type { ComparedRow, Comparison, Distribution, TrendColumn } from '../../compare/comparison.ts';
import { changeText, describeReason, intervalText, stateText, valueText } from '../../compare/describe.ts';
import { nameOfSubject } from '../../compare/row-subject.ts';
import type { Block, Cell, Document } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  heading,
  left,
  list,
  msCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { formatCount, formatMoment } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { verdictCell } from '../sections/cells.ts';
import { distributionCharts, trendCharts } from './comparison-charts.ts';
import { DECISION_TONES, sortRows, stateTone } from './comparison-rows.ts';
import { armText, noiseLine } from './comparison-texts.ts';

/** The whole comparison as a document: what decides first, then every row, then the distributions and the trend. */
export function comparisonDocument(comparison: Comparison): Document {
  const { primary, telling, others } = sortRows(comparison);
  const { base, head, scenario } = comparison;
  return {
    title: `${scenario}: ${head.name} against ${base.name}`,
    blocks: [
      ...summaryBlocks(comparison),
      heading(2, 'What decides'),
      rowsTable('Primary rows', primary),
      ...(telling.length > 0 ? [heading(2, 'What changed'), rowsTable('Rows that changed', telling)] : []),
      heading(2, 'How sure this is'),
      paragraph(`${noiseLine(comparison)}.`),
      ...list([...MEANING, ...comparison.notes]),
      ...distributionBlocks(comparison),
      ...trendBlocks(comparison.trend),
      heading(2, 'Every other row'),
      rowsTable('Rows that did not change, or are for information', others),
      heading(2, 'Runs'),
      runsTable(comparison),
    ],
  };
}

/** The verdict and its reasons: what every format begins with. */
export function summaryBlocks(comparison: Comparison): Block[] {
  const { base, head, scenario, decision, headline, reasons } = comparison;
  return [
    { kind: 'verdict', tone: DECISION_TONES[decision], text: headline },
    paragraph(`Scenario ${scenario}: base ${armText(base)}, head ${armText(head)}.`),
    ...list(reasons),
  ];
}

const MEANING: readonly string[] = [
  'Each figure is taken once per run. The noise is how much runs of the same release differ.',
  'Where nothing changed, a gated row is called regressed in 5 % of comparisons at most; where it got 10 % worse, it is called unchanged in 5 % at most (each at α; simulated).',
  'The p95 of each endpoint decides (a lower percentile where responses are few: its row says so), its failures, and three rows of all together. All other rows are for information and never fail a comparison.',
];

export function rowsTable(caption: string, rows: readonly ComparedRow[]): Block {
  const hasRemarks = rows.some((row) => describeReason(row) !== '');
  return table(
    caption,
    [
      ...left('Endpoint', 'Row'),
      ...right('Base', 'Head', 'Change', 'Interval'),
      ...left('State'),
      ...right('Noise'),
      ...(hasRemarks ? left('Remark') : []),
    ],
    rows.map((row) => [...rowCells(row), ...(hasRemarks ? [cell(describeReason(row))] : [])]),
  );
}

function rowCells(row: ComparedRow): Cell[] {
  const { title, base, head, unit, change, noiseCv, family } = row;
  return [
    cell(nameOfSubject(row) ?? 'all'),
    cell(family === 'information' ? title : [{ strong: title }]),
    valueCell(base, unit),
    valueCell(head, unit),
    change === undefined ? cell('–') : { text: changeText(change, unit), sort: change },
    cell(intervalText(row) || '–'),
    cell(stateText(row), stateTone(row)),
    shareCell(noiseCv),
  ];
}

function valueCell(value: number | undefined, unit: ComparedRow['unit']): Cell {
  return value === undefined ? cell('–') : { text: valueText(value, unit), sort: value };
}

const MOST_CHARTED = 10;

/** All together, then what changed, then the others. */
function charted({ distributions, rows }: Comparison): Distribution[] {
  const changed = new Set(
    rows
      .filter(
        ({ metric, family, state }) => (metric === 'p95' || family === 'endpoint latency') && state !== 'unchanged',
      )
      .map(({ endpoint }) => endpoint),
  );
  const rank = ({ endpoint }: Distribution) => (endpoint === undefined ? 0 : changed.has(endpoint) ? 1 : 2);
  return distributions.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_CHARTED);
}

function distributionBlocks(comparison: Comparison): Block[] {
  const { distributions } = comparison;
  if (distributions.length === 0) return [];
  const shown = charted(comparison);
  const more = distributions.length - shown.length;
  return [
    heading(2, 'Distributions of successful responses'),
    paragraph('For information only. Base and head are each the combined distribution of all their runs.'),
    ...shown.flatMap(distributionCharts),
    ...(more > 0 ? [paragraph(`The curves of ${counted(more, 'endpoint')} more are in comparison.json.`)] : []),
    table(
      'How far head is shifted at each quantile',
      [...left('Endpoint'), ...right(...SHOWN_QUANTILES.map((quantile) => `p${100 * quantile}`))],
      distributions.map(({ endpoint, shift }) => [
        cell(endpoint ?? 'all'),
        ...SHOWN_QUANTILES.map((quantile): Cell => {
          const point = shift.find((each) => Math.abs(each.quantile - quantile) < 1e-9);
          return point === undefined ? cell('–') : { text: changeText(point.change, 'ms'), sort: point.change };
        }),
      ]),
    ),
  ];
}

const SHOWN_QUANTILES = [0.1, 0.5, 0.9, 0.98, 0.99];

function trendBlocks(trend: readonly TrendColumn[]): Block[] {
  if (trend.length < 2) return [];
  const endpoints = [...new Set(trend.flatMap((column) => column.endpoints.map(({ endpoint }) => endpoint)))];
  return [
    heading(2, 'Releases'),
    ...trendCharts(trend),
    table(
      'Figures of each release',
      [
        ...left('Figure'),
        ...right(
          ...trend.map(({ release, isOtherWorkload }) => (isOtherWorkload ? `${release} (other workload)` : release)),
        ),
      ],
      [
        [cell('runs'), ...trend.map(({ runs }) => countCell(runs))],
        [cell('p95, geometric mean'), ...trend.map(({ p95GeomeanMs }) => msCell(p95GeomeanMs))],
        [
          cell('successful responses per second'),
          ...trend.map(({ okPerSecond }) => valueCell(okPerSecond, 'per second')),
        ],
        [cell('failures'), ...trend.map(({ failureShare }) => shareCell(failureShare))],
        ...endpoints.map((endpoint) => [
          cell(`${endpoint}: p95`),
          ...trend.map((column) => msCell(column.endpoints.find((each) => each.endpoint === endpoint)?.p95Ms)),
        ]),
      ],
    ),
  ];
}

function runsTable({ base, head }: Comparison): Block {
  const rows = [base, head].flatMap((arm, i) => arm.runs.map((run) => ({ ...run, side: i === 0 ? 'base' : 'head' })));
  const hasEnvironment = rows.some(({ environment }) => environment !== undefined);
  return table(
    'Runs of both sides',
    [
      ...left('Side', 'Run', 'Started', 'Release', 'Commit', ...(hasEnvironment ? ['Environment'] : [])),
      ...right('Requests'),
      ...left('Verdict'),
    ],
    rows.map(({ side, runId, startedAt, release, commit, environment, requests, verdict }) => [
      cell(side),
      cell(runId),
      cell(startedAt === undefined ? 'not known' : formatMoment(startedAt)),
      cell(release ?? '–'),
      cell(commit?.slice(0, 10) ?? '–'),
      ...(hasEnvironment ? [cell(environment ?? '–')] : []),
      countCell(requests),
      verdictCell(verdict),
    ]),
  );
}

/** `9 rows inconclusive`, for formats that leave them out. */
export function leftOutText(rows: readonly ComparedRow[]): string {
  const states = new Map<string, number>();
  for (const row of rows) states.set(row.state, (states.get(row.state) ?? 0) + 1);
  return `${counted(rows.length, 'other row')}: ${[...states].map(([state, count]) => `${formatCount(count)} ${state}`).join(', ')}`;
}
