import type { Comparison, Distribution, TrendColumn } from '../../compare/comparison.ts';
import { changeText } from '../../compare/describe.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, msCell, paragraph, right, shareCell, table } from '../../core/spec/document/cells.ts';
import { counted } from '../../core/spec/words.ts';
import { distributionCharts, trendCharts } from './comparison-charts.ts';
import { valueCell } from './row-table.ts';

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

/** How the latencies of both sides lie over each other, and how far head is shifted. */
export function distributionBlocks(comparison: Comparison): Block[] {
  const { distributions } = comparison;
  if (distributions.length === 0) return [];
  const shown = charted(comparison);
  const more = distributions.length - shown.length;
  return [
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

/** The main figures of each release, where there are earlier ones. */
export function trendBlocks(trend: readonly TrendColumn[]): Block[] {
  if (trend.length < 2) return [];
  const endpoints = [...new Set(trend.flatMap((column) => column.endpoints.map(({ endpoint }) => endpoint)))];
  return [
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
