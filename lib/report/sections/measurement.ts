import type { Block } from '../../core/spec/document/blocks.ts';
import {
  cell,
  heading,
  left,
  NOT_MEASURED,
  numberCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import type { Report } from '../model/report.ts';
import type { Measurement } from '../model/soundness.ts';

/** The one place that says what the machine did that made the load: no fault of the service. */
export function measurementSection({ measurements }: Report): Block[] {
  const known = measurements.filter(isKnown);
  const title = heading(2, 'Is this measurement sound?');
  if (known.length === 0 && measurements.every(({ doubts }) => doubts.length === 0)) {
    return [title, paragraph('Not known: of the machine that made the load nothing is stored.')];
  }
  return [
    title,
    paragraph(answerTo(measurements)),
    table(
      'The machine that made the load',
      [
        ...left('Scenario'),
        ...right('CPU of the machine', "k6's own CPU", "k6's memory, at most", 'Load average'),
        ...left('Doubts'),
      ],
      measurements.map((row) => [
        cell(row.scenario),
        shareCell(row.machineBusyShare),
        shareCell(row.k6CpuShare),
        numberCell(row.k6PeakMemoryBytes, (bytes) => `${Math.round(bytes / 1024 ** 2)} MiB`),
        cell(loadAverageText(row)),
        cell(row.doubts.join('; ') || 'none', row.doubts.length > 0 ? 'caution' : 'plain'),
      ]),
    ),
    paragraph('Shares of the CPU are of all cores together: of the machine, whoever used them, and of k6 alone.'),
  ];
}

function isKnown({ machineBusyShare, k6CpuShare }: Measurement): boolean {
  return machineBusyShare !== undefined || k6CpuShare !== undefined;
}

function answerTo(measurements: readonly Measurement[]): string {
  if (measurements.some(({ doubts }) => doubts.length > 0)) {
    return 'Not in everything: the figures may be those of the machine that made the load, and not of the service.';
  }
  return measurements.every(isKnown)
    ? 'Yes: nothing speaks against it, and its machine had CPU to spare.'
    : 'Nothing speaks against it, as far as it is known.';
}

function loadAverageText({ loadAverage }: Measurement): string {
  return loadAverage === undefined
    ? NOT_MEASURED
    : loadAverage
        .map((value) => value.toFixed(2))
        .join(' before, ')
        .concat(' after');
}
