import { formatCount, formatDuration, formatShare } from '../core/units.ts';
import type { EndpointRow, LatencyFigures, Report, ReportHeader } from './model.ts';
import { actualText, bar, limitText, marginText, msText, NOT_MEASURED, outcomesText } from './texts.ts';

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
    outcomeBars(report),
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
    [
      'System under test',
      `${header.target}${header.targetKind === 'reference-backend' ? ' (embedded reference backend)' : ''}`,
    ],
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
  return [
    table(
      ['', ''],
      rows.flatMap(([name, value]) => (value === undefined ? [] : [[`**${name}**`, escapeMarkdown(value)]])),
    ),
  ];
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

function outcomeBars({ totals }: Report): string {
  if (totals.outcomes.length === 0) return 'No request was counted.';
  const width = Math.max(...totals.outcomes.map(({ label }) => label.length));
  const lines = totals.outcomes.map(
    ({ label, share }) => `${label.padEnd(width)}  ${formatShare(share).padStart(9)}  ${bar(share)}`,
  );
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
}

const LATENCY_COLUMNS = ['min', 'avg', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

function latencyTable(all: LatencyFigures, ok: LatencyFigures): string {
  const row = (name: string, latency: LatencyFigures) => [
    name,
    formatCount(latency.count),
    ...LATENCY_COLUMNS.map((column) => msText(latency[column])),
  ];
  return table(['Replies', 'Count', ...LATENCY_COLUMNS], [row('ok', ok), row('all requests', all)], ['left']);
}

function endpointTable(endpoints: readonly EndpointRow[]): string {
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

const MARKS = { pass: '✅ pass', fail: '❌ fail', no_data: '⚠️ no data' } as const;

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

type Alignment = 'left' | 'right';

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = head.map(() => 'left'),
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => ((alignments[i] ?? 'right') === 'right' ? '--:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
}

/** Text from outside as Markdown that shows just that text, in a table cell too. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([\\`*_{}[\]|~#])/g, '\\$1');
}

function code(text: string): string {
  const safe = text.replace(/\p{Cc}+/gu, ' ').replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${safe} ${fence}` : `${fence}${safe}${fence}`;
}
