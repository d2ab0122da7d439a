import type { JourneyMetric } from '../../core/judge/journey-metrics.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  heading,
  left,
  msCell,
  paragraph,
  rateCell,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { formatCount } from '../../core/spec/units.ts';
import type { JourneyRow } from '../model/journeys.ts';
import type { Report } from '../model/report.ts';
import { limitText, thresholdCell } from './threshold-texts.ts';

/** What became of the journeys of a test; nothing for a test without any. */
export function journeySection({ journeys, runs }: Report): Block[] {
  if (journeys.length === 0) return [];
  return [
    heading(2, 'Journeys'),
    paragraph(
      'A journey is what a user does in one iteration. It is completed when it reaches its end, whatever the responses were; it is stopped where its code ends it at a failed response. Durations are those of completed journeys, pauses included.',
    ),
    journeyTable(journeys, runs.length > 1),
  ];
}

function journeyTable(journeys: readonly JourneyRow[], isJoint: boolean): Block {
  const hasFailed = journeys.some(({ failed }) => failed > 0);
  const hasInterrupted = journeys.some(({ interrupted }) => interrupted > 0);
  return table(
    'Journeys',
    [
      ...(isJoint ? left('Scenario') : []),
      ...left('Journey'),
      ...right('Started', 'Completed', 'Share completed', 'Completed/s'),
      ...left('Stopped at'),
      ...right(...(hasFailed ? ['Exceptions'] : []), ...(hasInterrupted ? ['Interrupted'] : [])),
      ...right('p50', 'p95'),
    ],
    journeys.map((row) => [
      ...(isJoint ? [cell(row.scenario)] : []),
      cell(row.weight === undefined ? row.name : `${row.name} (weight ${row.weight})`),
      countCell(row.started),
      countCell(row.completed),
      withLimit(shareCell(row.completedShare, row.started), row, 'journeysCompletedShare'),
      withLimit(rateCell(row.completedPerSecond), row, 'journeysPerSecond'),
      cell(stopsText(row)),
      ...(hasFailed ? [countCell(row.failed)] : []),
      ...(hasInterrupted ? [countCell(row.interrupted)] : []),
      withLimit(msCell(row.durationMs.p50), row, 'journeyP50Ms'),
      withLimit(msCell(row.durationMs.p95), row, 'journeyP95Ms'),
    ]),
  );
}

/** `create-order 12, get-order 3`; that nothing stopped them is said as well. */
export function stopsText({ stops, started }: Pick<JourneyRow, 'stops' | 'started'>): string {
  if (started === 0) return 'never started';
  return stops.map(({ endpoint, count }) => `${endpoint} ${formatCount(count)}`).join(', ') || 'nowhere';
}

/** A figure, and the limit that it has. */
function withLimit(figure: Cell, { thresholds }: JourneyRow, metric: JourneyMetric): Cell {
  const threshold = thresholds.find((each) => each.metric === metric);
  if (threshold === undefined) return figure;
  const { tone = 'plain' } = thresholdCell(threshold.verdict);
  return { ...figure, text: `${figure.text} (${limitText(threshold)})`, tone };
}
