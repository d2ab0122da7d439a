import { formatCount, formatDuration, formatShare } from '../core/units.ts';
import type { Verdict } from '../core/verdict.ts';
import { code, escapeMarkdown, factsTable, list, table } from './markdown-text.ts';
import type { EndpointRow, LatencyFigures, OutcomeRow, Report, ReportHeader } from './model.ts';
import { actualText, bar, limitText, marginText, msText, NOT_MEASURED, outcomesText, targetText } from './texts.ts';

/** The report as GitHub-flavoured Markdown. */
export function renderMarkdown(report: Report): string {
  return `${[
    `# ${escapeMarkdown(report.header.testId)}: load test report`,
    ...headerLines(report.header),
    '## Verdict',
    `**${report.headline}**`,
    list(report.reasons),
    ...(report.notes.length > 0 ? ['To read the figures right:', list(report.notes)] : []),
    '## Overall',
    overallTable(report),
    '### Outcomes',
    outcomeBars(report.totals.outcomes),
    '### Latency',
    latencyTable(report.totals.all, report.totals.ok),
    '## Endpoints',
    endpointTable(report.endpoints),
    '## Thresholds',
    thresholdTable(report),
  ].join('\n\n')}\n`;
}

function headerLines(header: ReportHeader): string[] {
  const { host } = header;
  const load =
    host.loadAverage === undefined
      ? ''
      : `, load average ${host.loadAverage.map((value) => value.toFixed(2)).join(' before, ')} after`;
  const rows: [string, string | undefined][] = [
    ['Run', header.runId],
    ['Date', header.startedAt],
    ['Duration', `${formatDuration(header.durationSeconds)}, of which load ${formatDuration(header.loadSeconds)}`],
    ['System under test', targetText(header)],
    ['Release', header.release],
    ['Commit', header.commit],
    ['Scenario', `${header.scenario}, plan ${header.plan}: ${header.purpose}`],
    ['Load', `${header.load.join('; ')} (${header.model} model)`],
    [
      'Tool',
      `k6-verdict ${header.toolVersion}, k6 ${header.k6Version} (exit code ${header.k6ExitCode ?? 'none: killed'})`,
    ],
    ['Generator', `${host.cores} cores, ${host.cpuModel}, ${host.platform} ${host.arch}${load}`],
  ];
  return [factsTable(rows)];
}

function overallTable({ totals }: Report): string {
  return table(
    ['Figure', 'Value'],
    [
      ['Requests', formatCount(totals.requests)],
      ['Throughput', `${totals.requestsPerSecond.toFixed(2)} requests/s`],
      ...totals.outcomes.map(({ label, count, share }) => [label, `${formatCount(count)} (${formatShare(share)})`]),
    ],
    ['left', 'right'],
  );
}

export function outcomeBars(outcomes: readonly OutcomeRow[]): string {
  if (outcomes.length === 0) return 'No request was counted.';
  const width = Math.max(...outcomes.map(({ label }) => label.length));
  const lines = outcomes.map(
    ({ label, share }) => `${label.padEnd(width)}  ${formatShare(share).padStart(9)}  ${bar(share)}`,
  );
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
}

const LATENCY_COLUMNS = ['min', 'avg', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

export function latencyTable(all: LatencyFigures, ok: LatencyFigures): string {
  const row = (name: string, latency: LatencyFigures) => [
    name,
    formatCount(latency.count),
    ...LATENCY_COLUMNS.map((column) => msText(latency[column])),
  ];
  return table(['Replies', 'Count', ...LATENCY_COLUMNS], [row('ok', ok), row('all requests', all)], ['left']);
}

export function endpointTable(endpoints: readonly EndpointRow[]): string {
  return table(
    ['Endpoint', 'Requests', 'Outcomes', 'ok avg', 'ok p95', 'all p95', 'At rest (median)'],
    endpoints.map((row) => [
      `${code(`${row.method} ${row.path}`)}`,
      formatCount(row.requests),
      escapeMarkdown(outcomesText(row.outcomes, formatCount)),
      msText(row.ok.avg),
      msText(row.ok.p95),
      msText(row.all.p95),
      atRestText(row),
    ]),
    ['left', 'right', 'left'],
  );
}

function atRestText({ atRest }: EndpointRow): string {
  if (atRest === undefined) return NOT_MEASURED;
  return atRest.medianOkMs === undefined
    ? escapeMarkdown(outcomesText(atRest.outcomes, formatCount))
    : msText(atRest.medianOkMs);
}

/** How a verdict stands in a table. */
export const MARKS: Readonly<Record<Verdict, string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  no_data: '⚠️ no data',
  invalid_load: '⚠️ invalid load',
  incomplete: '⚠️ incomplete',
};

function thresholdTable({ thresholds }: Report): string {
  return table(
    ['Threshold', 'Endpoint', 'Limit', 'Actual', 'Margin', 'Samples', 'Verdict'],
    thresholds.map((row) => [
      row.title,
      row.endpoint === undefined ? 'all' : escapeMarkdown(row.endpoint),
      escapeMarkdown(limitText(row)),
      escapeMarkdown(actualText(row)),
      marginText(row),
      formatCount(row.samples),
      MARKS[row.verdict],
    ]),
    ['left', 'left'],
  );
}
