import { outcomesText } from '../../core/measure/outcome-rows.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  heading,
  left,
  msCell,
  NOT_MEASURED,
  numberCell,
  paragraph,
  right,
  table,
} from '../../core/spec/document/cells.ts';
import { present } from '../../core/spec/present.ts';
import { formatMs } from '../../core/spec/units.ts';
import { MOST_DISTRIBUTIONS } from '../model/distributions.ts';
import { type EndpointGroup, type EndpointRow, formatFactor } from '../model/endpoint-rows.ts';
import type { LatencyFigures } from '../model/figures.ts';
import type { Report } from '../model/report.ts';
import { causeBlocks } from './causes.ts';
import { endpointText, outcomesWithShares } from './cells.ts';
import { distributionCharts, outcomeChart } from './charts.ts';

const TITLES: Readonly<Record<EndpointGroup, readonly [title: string, meaning: string]>> = {
  broken: [
    'Broken, load or not',
    'One user could not use these before the load, or every reply that came turned the request away.',
  ],
  failing: [
    'Failing under load',
    'Too many requests to these got no ok reply, beyond what a declared rate limit explains.',
  ],
  slow: ['Slow', 'These answer as they should, and slower than their budget allows.'],
  limited: [
    'Rate limited',
    'These answered 429 once their limit was used up; what was let through is within its budget.',
  ],
  unknown: ['Not known', 'Their requests were counted, and which of them were ok was not stored.'],
  healthy: ['Healthy', 'Within every threshold.'],
  unmeasured: ['Not measured', 'No request to these was counted, so nothing can be said of them.'],
};

export function endpointSection(report: Report): Block[] {
  const { endpoints } = report;
  const groups = [...new Set(endpoints.map(({ group }) => group))];
  const ofMany =
    endpoints.length > MOST_DISTRIBUTIONS
      ? ` Of ${endpoints.length} endpoints, the ${MOST_DISTRIBUTIONS} slowest are drawn.`
      : '';
  const curves = distributionCharts(report);
  return [
    heading(2, 'Per endpoint'),
    ...(report.runs.length > 1 ? [paragraph('Each endpoint over all runs that have it.')] : []),
    ...outcomeChart(endpoints),
    ...groups.flatMap((group) => {
      const [title, meaning] = TITLES[group];
      const own = endpoints.filter((row) => row.group === group);
      return [heading(3, `${title} (${own.length})`), paragraph(meaning), endpointTable(title, own)];
    }),
    ...causeBlocks(report),
    ...(curves.length > 0
      ? [
          heading(3, 'Latency distributions'),
          paragraph(`Of ok replies, from the quantile ladders that k6 computed.${ofMany}`),
          ...curves,
        ]
      : []),
  ];
}

function endpointTable(caption: string, rows: readonly EndpointRow[]): Block {
  return table(
    caption,
    [
      ...left('Endpoint', 'Assessment'),
      ...right('Requests'),
      ...left('Outcomes'),
      ...right('ok: mean, p95', 'All: mean, p95', 'At rest', 'Load factor'),
    ],
    rows.map((row) => [
      cell(endpointText(row)),
      cell(row.assessment),
      countCell(row.requests),
      cell(outcomesWithShares(row.outcomes)),
      meanAndP95(row.ok),
      meanAndP95(row.all),
      atRestCell(row),
      numberCell(row.loadFactor, formatFactor),
    ]),
  );
}

/** Sorted by p95. */
function meanAndP95({ count, avg, p95 }: LatencyFigures): Cell {
  if (count === 0 || (avg === undefined && p95 === undefined)) return cell(NOT_MEASURED);
  const text = [avg, p95].map((ms) => (ms === undefined ? NOT_MEASURED : formatMs(ms))).join(', ');
  return { text, ...present({ sort: p95 }) };
}

export function atRestCell({ atRest }: EndpointRow): Cell {
  if (atRest === undefined) return cell('not met');
  if (atRest.medianOkMs === undefined) return cell(outcomesText(atRest.outcomes), atRest.isBroken ? 'bad' : 'plain');
  const { medianOkMs, okReplies } = atRest;
  const median = msCell(medianOkMs);
  return { ...median, text: `${median.text} (n = ${okReplies})` };
}
