import type { Distribution, ShiftPoint, TrendColumn } from '../../compare/comparison.ts';
import { changeText } from '../../compare/describe.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import type { Chart, Series } from '../../core/spec/document/chart.ts';

const block = (chart: Chart): Block => ({ kind: 'chart', chart });

/** The distributions of both sides over each other, and how far head is shifted at each quantile. */
export function distributionCharts({ endpoint, base, head, shift }: Distribution): Block[] {
  const of = endpoint ?? 'all endpoints';
  const at = (quantile: number) => shift.find((point) => Math.abs(point.quantile - quantile) < 1e-9)?.change;
  const band = shift.every(({ low }) => low !== undefined);
  const line = (name: string, role: Series['role'], value: (point: ShiftPoint) => number | undefined): Series => ({
    name,
    role,
    points: shift.map((point) => [point.quantile, value(point)]),
  });
  const series = [
    line('shift', '1', ({ change }) => change),
    ...(band ? [line('at least', 'neutral', ({ low }) => low), line('at most', 'neutral', ({ high }) => high)] : []),
  ];
  return [
    block({
      kind: 'lines',
      title: `Latency of successful responses: ${of}`,
      description: `The latency of successful responses of ${of} by quantile, base and head.`,
      x: { title: 'quantile', scale: 'percentile', unit: 'share' },
      y: { title: 'latency', scale: 'log', unit: 'ms' },
      series: [
        { name: 'base', role: 'neutral', points: base.filter(([quantile]) => quantile > 0) },
        { name: 'head', role: '1', points: head.filter(([quantile]) => quantile > 0) },
      ],
    }),
    block({
      kind: 'lines',
      title: `Shift of head against base: ${of}`,
      description: `How much slower head is at each quantile: ${changeText(at(0.5), 'ms')} at the median, ${changeText(at(0.9), 'ms')} at p90, ${changeText(at(0.99), 'ms')} at p99.`,
      x: { title: 'quantile', scale: 'percentile', unit: 'share' },
      y: { title: 'change', scale: 'linear', unit: 'share' },
      series,
      limit: { name: 'no change', y: 0 },
    }),
  ];
}

const ROLES: readonly Series['role'][] = ['1', '2', '3', '4', 'neutral'];

/** The p95 of the releases, one after another. */
export function trendCharts(trend: readonly TrendColumn[]): Block[] {
  const endpoints = [...new Set(trend.flatMap((column) => column.endpoints.map(({ endpoint }) => endpoint)))];
  const points = (value: (column: TrendColumn) => number | undefined): Series['points'] =>
    trend.map((column, i) => [i + 1, value(column)]);
  const names = trend.map(({ release }, i) => `${i + 1} ${release}`).join(', ');
  return [
    block({
      kind: 'lines',
      title: 'p95 of successful responses over releases',
      description: `The p95 of successful responses by release: ${names}.`,
      x: { title: `release: ${names}`, scale: 'linear', unit: 'count' },
      y: { title: 'p95', scale: 'linear', unit: 'ms' },
      series: [
        { name: 'geometric mean', role: 'good', points: points(({ p95GeomeanMs }) => p95GeomeanMs) },
        ...endpoints.slice(0, MOST_LINES).map(
          (endpoint, i): Series => ({
            name: endpoint,
            role: ROLES[i % ROLES.length] ?? 'neutral',
            points: points((column) => column.endpoints.find((each) => each.endpoint === endpoint)?.p95Ms),
          }),
        ),
      ],
    }),
  ];
}

const MOST_LINES = 5;
