import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  details,
  heading,
  left,
  msCell,
  paragraph,
  rateCell,
  right,
  table,
} from '../../core/spec/document/cells.ts';
import { formatDuration } from '../../core/spec/units.ts';
import type { LoadMark } from '../model/load-marks.ts';
import type { OverTime } from '../model/over-time.ts';
import type { Report } from '../model/report.ts';
import { type TimeBucket, timeBuckets, wholeOf } from '../model/time-buckets.ts';
import { overTimeCharts } from './charts.ts';
import { endpointCurveBlocks } from './endpoint-curves.ts';
import { markCharts } from './mark-charts.ts';

/** Over several runs each is folded: a reader opens the one that a finding is about. */
export function overTimeSection({ overTime, endpointsOverTime, overTimeNotes, runs, thresholds }: Report): Block[] {
  const limitMs = thresholds.find(({ metric, endpoint }) => metric === 'okP95Ms' && endpoint === undefined)?.limit;
  const isJoint = runs.length > 1;
  const shown = runs.flatMap(({ runId, scenario }) => {
    const what = isJoint ? `: ${scenario}` : '';
    const ofRun = (each: { readonly runId: string }) => each.runId === runId;
    const curves = endpointsOverTime
      .filter(ofRun)
      .flatMap((each) => markCharts(endpointCurveBlocks(each, what), each.marks));
    const blocks = [
      ...overTime
        .filter(ofRun)
        .flatMap((each) => [
          ...markCharts(overTimeCharts(each, limitMs, what), each.marks),
          ...bucketTable(each, what),
        ]),
      ...(isJoint ? curves : details('Each endpoint over time', curves)),
    ];
    return isJoint ? details(`Over time: ${scenario}`, blocks) : blocks;
  });
  return [
    heading(2, 'Over time'),
    ...(overTime.length > 0 ? [paragraph(howRowsAreMade(overTime))] : []),
    ...shown,
    ...overTimeNotes.map((note) => paragraph(note)),
    ...(shown.length === 0 && overTimeNotes.length === 0 ? [paragraph('This test has no record over time.')] : []),
  ];
}

/** Once for all runs: the times of the rows stand in them. */
function howRowsAreMade(overTime: readonly OverTime[]): string {
  const periods = [...new Set(overTime.map(({ periodSeconds }) => formatDuration(periodSeconds)))];
  return `Rows add up to the total. Latency of successful responses: the median p50 of each row's periods of ${periods.join(' or ')}, and the highest p95 and p99.`;
}

/** Rows that add up to the last one: charts show each period. */
function bucketTable(overTime: OverTime, what: string): Block[] {
  const { points } = overTime;
  const buckets = timeBuckets(overTime);
  const whole = wholeOf(points);
  const hasLimited = whole.limited > 0;
  return [
    table(
      `Over time${what}`,
      [
        ...left('Time', 'Load'),
        ...right('Requests', 'ok', ...(hasLimited ? ['429'] : []), 'Failed'),
        ...right('Requests/s'),
        ...right('p50', 'p95', 'p99', 'Users'),
      ],
      [...buckets.map((bucket) => row(bucket, timeOf(bucket), hasLimited)), row(whole, 'Total', hasLimited)],
    ),
  ];
}

function timeOf({ fromSeconds, toSeconds }: TimeBucket): string {
  return `${formatDuration(fromSeconds)} to ${formatDuration(toSeconds)}`;
}

/** Of more changes, how many there were and what the last of them is. */
const MOST_MARKS = 2;

function loadText(marks: readonly LoadMark[]): string {
  const texts = marks.map(({ text }) => text);
  return texts.length <= MOST_MARKS ? texts.join(', ') : `${texts.length} changes, the last ${texts.at(-1)}`;
}

function row(bucket: TimeBucket, time: string, hasLimited: boolean): Cell[] {
  const { fromSeconds, toSeconds, marks, requests, ok, limited, failed, okMs, mostUsers } = bucket;
  return [
    { text: time, ...(time === 'Total' ? {} : { sort: fromSeconds }) },
    cell(loadText(marks)),
    countCell(requests),
    countCell(ok),
    ...(hasLimited ? [countCell(limited)] : []),
    countCell(failed),
    rateCell(toSeconds > fromSeconds ? requests / (toSeconds - fromSeconds) : undefined),
    msCell(okMs?.p50),
    msCell(okMs?.p95),
    msCell(okMs?.p99),
    countCell(mostUsers),
  ];
}
