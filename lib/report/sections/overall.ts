import type { Outcome } from '../../core/measure/outcome.ts';
import type { Block, Tone } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, msCell, paragraph, right, shareCell, table } from '../../core/spec/document/cells.ts';
import { formatCount, formatShare } from '../../core/spec/units.ts';
import type { LatencyFigures } from '../model/figures.ts';
import type { Report } from '../model/report.ts';

/** All requests together: what became of them, and how long they took. */
export function overallBlocks(report: Report): Block[] {
  const { totals } = report;
  return [
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
          shareCell(row.share, totals.requests),
          cell(...outcomeStatus(row.outcome, report)),
        ]),
      ],
    ),
    ...(totals.outcomes.length > 0 ? [] : [paragraph('No request was counted.')]),
    latencyTable([
      ['successful responses', totals.ok],
      ['all requests', totals.all],
    ]),
    paragraph(`${successText(report)}${judgedOn(report)}`),
  ];
}

function successText({ totals: { successShare, judgedRequests } }: Report): string {
  if (successShare === undefined) return '';
  return `Success rate: ${formatShare(successShare, judgedRequests)} of the ${formatCount(judgedRequests)} requests (expected 429s excluded). `;
}

const OF_FAILURES = 'fails before it is sent counts as 0 ms, and a timeout with its full length.';

function judgedOn({ methodology: { judgedBy } }: Report): string {
  if (!judgedBy.includes('k6'))
    return `Thresholds are judged on successful responses. The latency of all requests is for information only: a request that ${OF_FAILURES}`;
  const ofOthers = judgedBy.length > 1 ? 'Those of k6-verdict are judged on successful responses. ' : '';
  return `${ofOthers}Thresholds of k6 are judged on what they name, which is the latency of all requests where they say http_req_duration alone. There, a request that ${OF_FAILURES}`;
}

const LATENCY_COLUMNS = ['min', 'avg', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
const LATENCY_TITLES = ['Min', 'Mean', 'Median', 'p90', 'p95', 'p99', 'Max'] as const;

function latencyTable(rows: readonly (readonly [name: string, latency: LatencyFigures])[]): Block {
  return table(
    'Latency',
    [...left('Responses'), ...right('Samples', ...LATENCY_TITLES)],
    rows.map(([name, latency]) => [
      cell(name),
      countCell(latency.count),
      ...LATENCY_COLUMNS.map((column) => msCell(latency[column])),
    ]),
  );
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
