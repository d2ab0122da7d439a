import type { Block } from '../../core/spec/document/blocks.ts';
import { countCell, heading, msCell, numberCell, paragraph, right, table } from '../../core/spec/document/cells.ts';
import { formatDuration } from '../../core/spec/units.ts';
import type { OverTime, OverTimePoint } from '../model/over-time.ts';
import type { Report } from '../model/report.ts';
import { overTimeCharts } from './charts.ts';

export function overTimeSection({ overTime, overTimeNotes, runs, thresholds }: Report): Block[] {
  const limitMs = thresholds.find(({ metric, endpoint }) => metric === 'okP95Ms' && endpoint === undefined)?.limit;
  return [
    heading(2, 'Over time'),
    ...overTime.flatMap((each) => [
      ...(runs.length > 1 ? [heading(3, each.scenario)] : []),
      ...overTimeCharts(each, limitMs, runs.length > 1 ? `: ${each.scenario}` : ''),
      pointsTable(each),
    ]),
    ...overTimeNotes.map((note) => paragraph(note)),
    ...(overTime.length === 0 && overTimeNotes.length === 0
      ? [paragraph('There is no record of this test over time.')]
      : []),
  ];
}

const MOST_ROWS = 12;

/** Of a long run, periods at equal distances: what the charts show in full. */
function pointsTable({ points, periodSeconds, scenario }: OverTime): Block {
  const step = Math.ceil(points.length / MOST_ROWS);
  const shown = points.filter((_, i) => i % step === 0 || i === points.length - 1);
  const note = step > 1 ? `, every ${step}th period` : '';
  return table(
    `${scenario} over time, periods of ${formatDuration(periodSeconds)}${note}`,
    right('Until', 'Requests/s', 'ok', '429', 'Failed', 'p50', 'p95', 'p99', 'Users'),
    shown.map((point) => [
      numberCell(point.atSeconds, formatDuration),
      numberCell(point.requestsPerSecond, (rate) => rate.toFixed(1)),
      countCell(point.ok),
      countCell(point.limited),
      countCell(point.failed),
      ...latencies(point),
      countCell(point.activeUsers),
    ]),
  );
}

function latencies({ okMs }: OverTimePoint) {
  return [msCell(okMs?.p50), msCell(okMs?.p95), msCell(okMs?.p99)];
}
