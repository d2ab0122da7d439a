import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, left, msCell, paragraph, right, table } from '../../core/spec/document/cells.ts';
import type { LineChart } from '../../core/spec/document/chart.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatDuration, formatMs } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { EndpointCurve, EndpointCurves } from '../model/endpoint-curves.ts';
import { timeAxis } from './charts.ts';

/** Each endpoint over time: a reader chooses which are drawn. @param what behind titles, to tell runs apart */
export function endpointCurveBlocks(curves: EndpointCurves, what: string): Block[] {
  const charts = [...slowChart(curves, what), ...failedChart(curves, what)];
  return [
    ...(charts.length === 0 ? [] : [{ kind: 'choice', title: `Endpoints shown${what}`, charts } as const]),
    ...leftOutBlock(curves),
    curveTable(curves, what),
  ];
}

const ROLES = ['1', '2', '3', '4'] as const;
/** More lines than that are hard to follow; a reader who wants them draws them. */
const DRAWN_AT_FIRST = 5;

function chartOf(
  { atSeconds, loadStartedAt, curves }: EndpointCurves,
  text: Pick<LineChart, 'title' | 'description' | 'y'>,
  valueAt: (curve: EndpointCurve, i: number) => number | undefined,
): LineChart {
  return {
    kind: 'lines',
    ...text,
    x: timeAxis(loadStartedAt),
    drawnAtFirst: DRAWN_AT_FIRST,
    series: curves.map((curve, n) => ({
      name: curve.path,
      role: ROLES[n % ROLES.length] ?? '1',
      points: atSeconds.map((at, i) => [at, valueAt(curve, i)] as const),
    })),
  };
}

function slowChart(curves: EndpointCurves, what: string): LineChart[] {
  const { atSeconds } = curves;
  const told = curves.curves.flatMap(({ path, okP95Ms }) => {
    const most = highest(okP95Ms);
    if (most === undefined) return [];
    return `${path} ${formatMs(most)} (${formatDuration(atSeconds[okP95Ms.indexOf(most)] ?? 0)} into the load)`;
  });
  if (told.length === 0) return [];
  return [
    chartOf(
      curves,
      {
        title: `p95 of successful responses by endpoint${what}`,
        description: `The p95 of a period was at most: ${told.join('; ')}.`,
        y: { title: 'p95 of successful responses', scale: 'log', unit: 'ms' },
      },
      ({ okP95Ms }, i) => okP95Ms[i] ?? undefined,
    ),
  ];
}

function failedChart(curves: EndpointCurves, what: string): LineChart[] {
  const { atSeconds } = curves;
  const told = curves.curves.flatMap(({ path, failed }) => {
    const first = failed.findIndex((count) => count > 0);
    if (first === -1) return [];
    return `${path} ${counted(sum(failed), 'request')}, the first within ${formatDuration(atSeconds[first] ?? 0)} of the load`;
  });
  if (told.length === 0) return [];
  return [
    chartOf(
      curves,
      {
        title: `Failed requests by endpoint${what}`,
        description: `Failed: ${told.join('; ')}.`,
        y: { title: 'Failed requests per second', scale: 'linear', unit: 'per second' },
      },
      ({ failed }, i) => (failed[i] ?? 0) / ((atSeconds[i] ?? 0) - (atSeconds[i - 1] ?? 0)),
    ),
  ];
}

/** Why these, where others are left out. */
function leftOutBlock({ curves, leftOut }: EndpointCurves): Block[] {
  if (leftOut.length === 0) return [];
  return [
    paragraph(
      `Of ${curves.length + leftOut.length} endpoints, the ${curves.length} with problems or with the highest p95 over the whole run are here; left out: ${named(leftOut)}.`,
    ),
  ];
}

const MOST_PARTS = 3;

/** Periods of the beginning, the middle and the end. */
interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function partsOf(atSeconds: readonly number[]): Part[] {
  const count = Math.min(MOST_PARTS, atSeconds.length);
  return Array.from({ length: count }, (_, n) => {
    const [from, to] = [n, n + 1].map((each) => Math.round((each * atSeconds.length) / count)) as [number, number];
    const [start = 0, end = 0] = [atSeconds[from - 1], atSeconds[to - 1]];
    return { name: `${formatDuration(start)} to ${formatDuration(end)}`, from, to };
  });
}

function curveTable({ curves, atSeconds }: EndpointCurves, what: string): Block {
  const parts = partsOf(atSeconds);
  const hasFailed = curves.some(({ failed }) => sum(failed) > 0);
  return table(
    `Endpoints over time${what}`,
    [
      ...left(hasFailed ? 'Highest p95 of successful responses, and failed' : 'Highest p95 of successful responses'),
      ...right(...parts.map(({ name }) => name)),
    ],
    curves.map((curve) => [cell([{ code: curve.path }]), ...parts.map((part) => cellOf(curve, part))]),
  );
}

/** Sorted by p95. */
function cellOf({ okP95Ms, failed }: EndpointCurve, { from, to }: Part): Cell {
  const p95 = msCell(highest(okP95Ms.slice(from, to)));
  const count = sum(failed.slice(from, to));
  if (count === 0) return p95;
  const failedText = `${formatCount(count)} failed`;
  return p95.sort === undefined ? cell(failedText) : { ...p95, text: `${p95.text}, ${failedText}` };
}

function highest(all: readonly (number | null)[]): number | undefined {
  const known = all.flatMap((ms) => ms ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}
