import { subjectOf } from '../../core/judge/threshold.ts';
import type { Outcome } from '../../core/measure/outcome.ts';
import type { Block, Tone } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  heading,
  left,
  msCell,
  numberCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { present } from '../../core/spec/present.ts';
import { formatCount, formatShare } from '../../core/spec/units.ts';
import type { LatencyFigures } from '../model/figures.ts';
import type { Report } from '../model/report.ts';
import { marginCharts } from './charts.ts';
import { actualText, limitText, marginText, remarkText, subjectTitle, thresholdCell } from './threshold-texts.ts';

export function overallSection(report: Report): Block[] {
  const { totals } = report;
  return [
    heading(2, 'Overall statistics'),
    heading(3, 'Requests and outcomes'),
    table(
      'Requests by outcome',
      [...left('Outcome'), ...right('Requests', 'Share'), ...left('Status')],
      [
        [
          cell([{ strong: 'All requests' }]),
          countCell(totals.requests),
          shareCell(totals.requests > 0 ? 1 : undefined),
          cell(''),
        ],
        ...totals.outcomes.map((row) => [
          cell(row.label),
          countCell(row.count),
          shareCell(row.share),
          cell(...outcomeStatus(row.outcome, report)),
        ]),
      ],
    ),
    ...(totals.requestsPerSecond === undefined
      ? []
      : [paragraph(`Throughput: ${totals.requestsPerSecond.toFixed(2)} requests per second over the load.`)]),
    paragraph(
      totals.successShare === undefined
        ? 'Success share: not measured.'
        : `Success share: ${formatShare(totals.successShare)} of the ${formatCount(totals.judgedRequests)} requests that were not rate limited as declared were ok.`,
    ),
    ...(totals.outcomes.length > 0
      ? [
          {
            kind: 'bars' as const,
            title: 'Outcomes as a share of all requests',
            bars: totals.outcomes.map((row) => ({
              label: row.label,
              share: row.share,
              text: `${formatCount(row.count)} (${formatShare(row.share)})`,
              tone: outcomeTone(row.outcome, report),
            })),
          },
        ]
      : [paragraph('No request was counted.')]),
    heading(3, 'Latency'),
    latencyTable([
      ['ok replies', totals.ok],
      ['all requests', totals.all],
    ]),
    paragraph(judgedOn(report)),
    heading(3, 'Thresholds'),
    ...thresholdBlocks(report),
  ];
}

const OF_FAILURES = 'fails before it is sent counts as 0 ms, and a timeout as its full length.';

function judgedOn({ methodology: { judgedBy } }: Report): string {
  if (!judgedBy.includes('k6'))
    return `Thresholds are judged on ok replies. The latency of all requests is for information: what ${OF_FAILURES}`;
  const ofOthers = judgedBy.length > 1 ? 'Those of k6-verdict are judged on ok replies. ' : '';
  return `${ofOthers}Thresholds of k6 are judged on what they name, which is the latency of all requests where they say http_req_duration alone: in it, what ${OF_FAILURES}`;
}

export const LATENCY_COLUMNS = ['min', 'avg', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
const LATENCY_TITLES = ['Min', 'Mean', 'Median', 'p90', 'p95', 'p99', 'Max'] as const;

export function latencyTable(rows: readonly (readonly [name: string, latency: LatencyFigures])[]): Block {
  return table(
    'Latency',
    [...left('Replies'), ...right('Samples', ...LATENCY_TITLES)],
    rows.map(([name, latency]) => [
      cell(name),
      countCell(latency.count),
      ...LATENCY_COLUMNS.map((column) => msCell(latency[column])),
    ]),
  );
}

const MOST_HELD = 60;

function thresholdBlocks(report: Report): Block[] {
  const { thresholds, runs, criteria } = report;
  if (thresholds.length === 0) return [paragraph('This test has no thresholds, so there is nothing to judge it by.')];
  const crossed = thresholds.filter(({ verdict }) => verdict !== 'pass');
  const held = byMargin(thresholds.filter(({ verdict }) => verdict === 'pass'));
  const shown = [...crossed, ...held.slice(0, MOST_HELD)];
  const hasRemarks = shown.some((row) => remarkText(row) !== '');
  const hasFew = shown.some(({ hasFewSamples }) => hasFewSamples);
  return [
    paragraph(
      `${formatCount(held.length)} of ${formatCount(thresholds.length)} thresholds hold.${shown.length < thresholds.length ? ` Shown are the ${formatCount(shown.length)} nearest to their limits or beyond; report.json has them all.` : ''}`,
    ),
    table(
      'Thresholds',
      [
        ...(runs.length > 1 ? left('Scenario') : []),
        ...left('Threshold', subjectTitle(shown)),
        ...right('Limit', 'Actual', 'Margin', 'Samples'),
        ...left('Verdict', ...(hasRemarks ? ['Remark'] : [])),
      ],
      shown.map((row) => [
        ...(runs.length > 1 ? [cell(row.scenario)] : []),
        cell(row.title),
        cell(subjectOf(row) ?? 'all'),
        cell(limitText(row)),
        { text: actualText(row), ...present({ sort: row.actual }) },
        numberCell(row.margin, () => marginText(row)),
        numberCell(row.samples, (samples) => `${formatCount(samples)}${row.hasFewSamples ? ' (few)' : ''}`),
        thresholdCell(row.verdict),
        ...(hasRemarks ? [cell(remarkText(row))] : []),
      ]),
    ),
    ...(hasFew
      ? [
          paragraph(
            'Few: fewer than 20 replies lie beyond this percentile, so that one slow reply more or less moves it.',
          ),
        ]
      : []),
    ...(criteria.rows.length > 0 ? marginCharts(report) : []),
  ];
}

/** The nearest to its limit first; what has no margin last. */
function byMargin(rows: readonly Report['thresholds'][number][]): Report['thresholds'][number][] {
  return [...rows].sort((a, b) => (a.margin ?? Number.POSITIVE_INFINITY) - (b.margin ?? Number.POSITIVE_INFINITY));
}

function outcomeStatus(outcome: Outcome, report: Report): readonly [text: string, tone: Tone] {
  if (outcome === 'ok') return ['success', 'good'];
  if (outcome === 'unknown') return ['not stored', 'plain'];
  if (outcome === 'rate_limited') {
    const limiting = report.endpoints.filter(({ outcomes }) => outcomes.some((row) => row.outcome === 'rate_limited'));
    const declared = limiting.filter(({ limit }) => limit !== undefined).length;
    if (declared === 0) return ['no limit is declared', 'caution'];
    return declared < limiting.length
      ? ['partly without a declared limit', 'caution']
      : ['expected, a limit is declared', 'plain'];
  }
  const owner = report.problems.find(({ id }) => FINDING_OF[outcome].some((start) => id.startsWith(start)));
  if (owner === undefined) return ['failed', 'bad'];
  return [owner.severity, owner.severity === 'low' || owner.severity === 'medium' ? 'caution' : 'bad'];
}

/** Which finding says how bad an outcome is. */
const FINDING_OF: Record<Exclude<Outcome, 'ok' | 'rate_limited' | 'unknown'>, readonly string[]> = {
  not_found: ['broken-route', 'wrong-status'],
  client_error: ['broken-access', 'wrong-status'],
  unexpected_status: ['broken-redirect', 'wrong-status'],
  server_error: ['server-errors'],
  check_failed: ['wrong-content'],
  timeout: ['timeouts'],
  refused: ['not-accepting'],
  reset: ['not-accepting'],
  http2_error: ['not-accepting'],
  not_sent: ['not-sent'],
  dns: ['unreachable-dns'],
  tls: ['unreachable-tls'],
  other_error: ['unreachable-other'],
  unclassified: ['cause-not-recorded'],
};

function outcomeTone(outcome: Outcome, report: Report): Tone {
  return outcomeStatus(outcome, report)[1];
}
