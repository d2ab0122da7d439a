import { formatCount, formatDuration } from '../core/units.ts';
import type { JointReport } from './joint-model.ts';
import { endpointTable, latencyTable, MARKS, outcomeBars } from './markdown.ts';
import { code, escapeMarkdown, factsTable, list, table } from './markdown-text.ts';
import { actualText, limitText, msText, NOT_MEASURED, outcomesText, targetText } from './texts.ts';

/** The report of several runs as GitHub-flavoured Markdown. */
export function renderJointMarkdown(report: JointReport): string {
  const { record, totals } = report;
  return `${[
    `# ${escapeMarkdown(record.testId)}: load test report`,
    headerTable(report),
    '## Verdict',
    `**${report.headline}**`,
    list(report.reasons),
    ...(report.notes.length > 0 ? ['To read the figures right:', list(report.notes)] : []),
    '## Plans',
    runsTable(report),
    '## Overall',
    `${formatCount(totals.requests)} requests over all plans: ${escapeMarkdown(outcomesText(totals.outcomes, formatCount))}.`,
    outcomeBars(totals.outcomes),
    latencyTable(totals.all, totals.ok),
    '## At rest',
    'One user, before the first plan. These requests are in no total.',
    atRestTable(report),
    '## Endpoints',
    'Each over all plans that have it.',
    endpointTable(report.endpoints),
    '## Thresholds',
    `${formatCount(report.thresholdCount - report.crossed.length)} of ${formatCount(report.thresholdCount)} thresholds hold.`,
    ...(report.crossed.length > 0 ? [crossedTable(report)] : []),
  ].join('\n\n')}\n`;
}

function headerTable({
  record,
  target,
  targetKind,
  toolVersion,
  k6Version,
  host,
  release,
  commit,
}: JointReport): string {
  const seconds = (Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000;
  const rows: [string, string | undefined][] = [
    ['Test', `${record.suite}: ${record.purpose}`],
    ['Run', record.runId],
    ['Date', record.startedAt],
    ['Duration', formatDuration(seconds)],
    ['System under test', targetText({ target, targetKind })],
    ['Release', release],
    ['Commit', commit],
    ['Tool', `k6-verdict ${toolVersion}, k6 ${k6Version}`],
    ['Generator', `${host.cores} cores, ${host.cpuModel}, ${host.platform} ${host.arch}`],
  ];
  return factsTable(rows);
}

function runsTable({ runs }: JointReport): string {
  return table(
    ['Plan', 'Load', 'Verdict', 'Planned', 'Requests', 'Duration', 'Requests/s', 'Outcomes', 'ok p95'],
    runs.map((run) => [
      escapeMarkdown(`${run.scenario} (${run.plan})`),
      escapeMarkdown(run.load),
      MARKS[run.verdict],
      run.plannedRequests === undefined ? NOT_MEASURED : formatCount(run.plannedRequests),
      formatCount(run.requests),
      formatDuration(run.loadSeconds),
      run.requestsPerSecond.toFixed(2),
      escapeMarkdown(outcomesText(run.outcomes, formatCount)),
      msText(run.ok.p95),
    ]),
    ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'left'],
  );
}

function atRestTable({ atRest, endpoints }: JointReport): string {
  if (atRest.length === 0) return 'Not measured.';
  return table(
    ['Endpoint', 'Requests', 'Outcomes', 'ok median', ''],
    atRest.map((row) => {
      const path = endpoints.find(({ id }) => id === row.endpoint)?.path ?? row.endpoint;
      return [
        code(path),
        formatCount(row.requests),
        escapeMarkdown(outcomesText(row.outcomes, formatCount)),
        msText(row.medianOkMs),
        row.isBroken ? '❌ broken at rest' : '',
      ];
    }),
    ['left', 'right', 'left', 'right', 'left'],
  );
}

function crossedTable({ crossed }: JointReport): string {
  return table(
    ['Plan', 'Threshold', 'Endpoint', 'Limit', 'Actual', 'Samples', 'Verdict'],
    crossed.map((row) => [
      escapeMarkdown(row.scenario),
      row.title,
      row.endpoint === undefined ? 'all' : escapeMarkdown(row.endpoint),
      escapeMarkdown(limitText(row)),
      escapeMarkdown(actualText(row)),
      formatCount(row.samples),
      MARKS[row.verdict],
    ]),
    ['left', 'left', 'left'],
  );
}
