import type { Block } from '../../core/spec/document/blocks.ts';
import {
  cell,
  facts,
  left,
  NOT_MEASURED,
  numberCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { formatFigure, formatShare } from '../../core/spec/units.ts';
import type { Report } from '../model/report.ts';
import type { Measurement } from '../model/soundness.ts';

/** The one place that says what the machine did that made the load: no fault of the service. */
export function measurementBlocks({ measurements }: Report): Block[] {
  const known = measurements.filter(isKnown);
  if (known.length === 0 && measurements.every(({ doubts }) => doubts.length === 0)) {
    return [paragraph('Not known: nothing about the load generator is stored.')];
  }
  const [only, ...others] = measurements;
  return only !== undefined && others.length === 0
    ? [factsOf(only, answerTo(measurements))]
    : [paragraph(answerTo(measurements)), machineTable(measurements)];
}

/** Shares of the CPU are of all cores together. */
function machineTable(measurements: readonly Measurement[]): Block {
  return table(
    'The load generator',
    [
      ...left('Scenario'),
      ...right('CPU of the machine', "k6's own CPU", "k6's memory, at most", 'Load average'),
      ...left('Doubts'),
    ],
    measurements.map((row) => [
      cell(row.scenario),
      shareCell(row.machineBusyShare),
      shareCell(row.k6CpuShare),
      numberCell(row.k6PeakMemoryBytes, memoryText),
      cell(loadAverageText(row)),
      cell(row.doubts.join('; ') || 'none', row.doubts.length > 0 ? 'caution' : 'plain'),
    ]),
  );
}

function factsOf(row: Measurement, answer: string): Block {
  const { machineBusyShare, k6CpuShare, k6PeakMemoryBytes, loadAverage, doubts } = row;
  return facts(
    ['Is this measurement sound?', answer],
    ['CPU of the machine, all cores', machineBusyShare === undefined ? undefined : formatShare(machineBusyShare)],
    ['of which k6', k6CpuShare === undefined ? undefined : formatShare(k6CpuShare)],
    ["k6's memory, at most", k6PeakMemoryBytes === undefined ? undefined : memoryText(k6PeakMemoryBytes)],
    ['Load average', loadAverage === undefined ? undefined : loadAverageText(row)],
    ['Doubts', doubts.join('; ') || 'none'],
  );
}

function memoryText(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}

function isKnown({ machineBusyShare, k6CpuShare }: Measurement): boolean {
  return machineBusyShare !== undefined || k6CpuShare !== undefined;
}

function answerTo(measurements: readonly Measurement[]): string {
  if (measurements.some(({ doubts }) => doubts.length > 0)) {
    return 'Only partly: see the doubts. The figures may not be those of the service alone.';
  }
  return measurements.every(isKnown)
    ? 'Yes: there are no doubts, and the load generator had spare CPU.'
    : 'There are no doubts, as far as is known.';
}

function loadAverageText({ loadAverage }: Measurement): string {
  return loadAverage === undefined
    ? NOT_MEASURED
    : loadAverage
        .map((value) => formatFigure(value))
        .join(' before, ')
        .concat(' after');
}
