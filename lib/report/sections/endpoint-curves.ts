import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, left, msCell, paragraph, right, table } from '../../core/spec/document/cells.ts';
import type { LineChart } from '../../core/spec/document/chart.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatDuration, formatMs } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { EndpointCurve, EndpointCurves } from '../model/endpoint-curves.ts';
import { timeAxis } from './charts.ts';

/** Each endpoint over time: the slowest, and those that failed most. @param what behind titles, to tell runs apart */
export function endpointCurveBlocks(curves: EndpointCurves, what: string): Block[] {
  const { slowest, failing } = curves;
  return [
    ...(slowest.length > 0 ? [slowChart(curves, what)] : []),
    ...(failing.length > 0 ? [failingChart(curves, what)] : []),
    ...choiceOf(curves),
    ...curveTable(curves, what),
  ];
}

const ROLES = ['1', '2', '3', '4'] as const;

function chartOf(
  { atSeconds, loadStartedAt }: EndpointCurves,
  curves: readonly EndpointCurve[],
  text: Pick<LineChart, 'title' | 'description' | 'y'>,
  valueAt: (curve: EndpointCurve, i: number) => number | undefined,
): Block {
  return {
    kind: 'chart',
    chart: {
      kind: 'lines',
      ...text,
      x: timeAxis(loadStartedAt),
      series: curves.map((curve, n) => ({
        name: curve.path,
        role: ROLES[n % ROLES.length] ?? '1',
        points: atSeconds.map((at, i) => [at, valueAt(curve, i)] as const),
      })),
    },
  };
}

function slowChart(curves: EndpointCurves, what: string): Block {
  const { slowest, atSeconds } = curves;
  const highest = slowest.map(({ path, okP95Ms }) => {
    const most = Math.max(...okP95Ms.map((ms) => ms ?? 0));
    return `${path} ${formatMs(most)} (${formatDuration(atSeconds[okP95Ms.indexOf(most)] ?? 0)} into the load)`;
  });
  return chartOf(
    curves,
    slowest,
    {
      title: `p95 of successful responses by endpoint${what}`,
      description: `The p95 of a period was at most: ${highest.join('; ')}.`,
      y: { title: 'p95 of successful responses', scale: 'log', unit: 'ms' },
    },
    ({ okP95Ms }, i) => okP95Ms[i] ?? undefined,
  );
}

function failingChart(curves: EndpointCurves, what: string): Block {
  const { failing, atSeconds } = curves;
  const told = failing.map(({ path, failed }) => {
    const first = atSeconds[failed.findIndex((count) => count > 0)] ?? 0;
    return `${path} ${counted(sum(failed), 'request')}, the first within ${formatDuration(first)} of the load`;
  });
  return chartOf(
    curves,
    failing,
    {
      title: `Failed requests by endpoint${what}`,
      description: `Failed: ${told.join('; ')}.`,
      y: { title: 'Failed requests per second', scale: 'linear', unit: 'per second' },
    },
    ({ failed }, i) => (failed[i] ?? 0) / ((atSeconds[i] ?? 0) - (atSeconds[i - 1] ?? 0)),
  );
}

/** Why these, where others are left out. */
function choiceOf({ slowest, notSlowest, failing, notFailingMost }: EndpointCurves): Block[] {
  const texts = [
    notSlowest.length > 0 &&
      `Of ${slowest.length + notSlowest.length} endpoints with successful responses over time, the ${slowest.length} with the highest p95 over the whole run are shown; left out: ${named(notSlowest)}.`,
    notFailingMost.length > 0 &&
      `Of ${failing.length + notFailingMost.length} endpoints with failed requests, the ${failing.length} with the most are shown; left out: ${named(notFailingMost)}.`,
  ].filter((text) => typeof text === 'string');
  return texts.map((text) => paragraph(text));
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

function curveTable({ slowest, failing, atSeconds }: EndpointCurves, what: string): Block[] {
  const shown = new Map([...slowest, ...failing].map((curve) => [curve.id, curve]));
  const parts = partsOf(atSeconds);
  return [
    table(
      `Endpoints over time${what}`,
      [
        ...left(
          failing.length > 0
            ? 'Highest p95 of successful responses, and failed'
            : 'Highest p95 of successful responses',
        ),
        ...right(...parts.map(({ name }) => name)),
      ],
      [...shown.values()].map((curve) => [cell([{ code: curve.path }]), ...parts.map((part) => cellOf(curve, part))]),
    ),
  ];
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
