import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import type { Block, Document } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  details,
  heading,
  left,
  list,
  paragraph,
  right,
  table,
} from '../../core/spec/document/cells.ts';
import { formatCount, formatMoment } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { verdictCell } from '../sections/cells.ts';
import { changedRows, DECISION_TONES, hasFigures, restRows } from './comparison-rows.ts';
import { figuresLine, noiseLine } from './comparison-texts.ts';
import { distributionBlocks, trendBlocks } from './distributions-and-trend.ts';
import { rowBlocks } from './row-table.ts';

/** The whole comparison as a document: the answer first, then what changed; what only some ask for is folded. */
export function comparisonDocument(comparison: Comparison): Document {
  const { base, head, scenario, notes, trend } = comparison;
  const changed = changedRows(comparison);
  const rest = restRows(comparison);
  return {
    title: `${scenario}: ${head.name} against ${base.name}`,
    blocks: [
      ...summaryBlocks(comparison),
      ...(changed.length > 0 ? [heading(2, 'What changed'), ...rowBlocks('Rows that changed', changed)] : []),
      ...(notes.length > 0 ? [heading(2, 'Notes'), ...list(notes)] : []),
      heading(2, 'Details'),
      ...moreReasons(comparison),
      ...(rest.length > 0 ? details(leftOutText(rest, changed), rowBlocks('Other rows', rest)) : []),
      ...details('How sure this is', certaintyBlocks(comparison)),
      ...details('Distributions of successful responses', distributionBlocks(comparison)),
      ...details('Releases', trendBlocks(trend)),
      ...details('Runs', [runsTable(comparison)]),
    ],
  };
}

/** The table says the others, of what changed. */
const MOST_REASONS = 3;

/** The verdict, its reasons and the main figures: what every format begins with. */
export function summaryBlocks(comparison: Comparison): Block[] {
  const { decision, headline, reasons } = comparison;
  return [
    { kind: 'verdict', tone: DECISION_TONES[decision], text: headline },
    ...list(reasons.slice(0, MOST_REASONS)),
    paragraph(figuresLine(comparison)),
  ];
}

/** Folded: the reasons beside the first ones. */
export function moreReasons({ reasons }: Comparison): Block[] {
  const more = reasons.slice(MOST_REASONS);
  return details(counted(more.length, 'more reason'), list(more));
}

/** How much of what is seen can be chance, and what decides. */
export function certaintyBlocks(comparison: Comparison): Block[] {
  return [paragraph(`${noiseLine(comparison)}.`), ...(hasFigures(comparison) ? list(MEANING) : [])];
}

const MEANING: readonly string[] = [
  'Each figure is taken once per run. The noise is how much runs of the same release differ.',
  'A row that names no endpoint is of all requests together. Latencies are those of successful responses, and failures exclude expected 429s.',
  'Where nothing changed, a gated row is called regressed in 5 % of comparisons at most; where it got 10 % worse, it is called unchanged in 5 % at most (each at α; simulated).',
  'The p95 of each endpoint decides (a lower percentile where responses are few: its row says so), its failures, and three rows of all together: they are bold. All other rows are for information and never fail a comparison.',
];

function runsTable({ base, head }: Comparison): Block {
  const rows = [base, head].flatMap((arm, i) => arm.runs.map((run) => ({ ...run, side: i === 0 ? 'base' : 'head' })));
  const hasEnvironment = rows.some(({ environment }) => environment !== undefined);
  return table(
    'Runs of both sides',
    [
      ...left('Side', 'Run', 'Started', 'Release', 'Commit', ...(hasEnvironment ? ['Environment'] : [])),
      ...right('Requests'),
      ...left('Verdict'),
    ],
    rows.map(({ side, runId, startedAt, release, commit, environment, requests, verdict }) => [
      cell(side),
      cell(runId),
      cell(startedAt === undefined ? 'not known' : formatMoment(startedAt)),
      cell(release ?? '–'),
      cell(commit?.slice(0, 10) ?? '–'),
      ...(hasEnvironment ? [cell(environment ?? '–')] : []),
      countCell(requests),
      verdictCell(verdict),
    ]),
  );
}

/** `9 other rows: 9 inconclusive`, of all but those that changed. */
export function leftOutText(rows: readonly ComparedRow[], changed: readonly ComparedRow[]): string {
  const states = new Map<string, number>();
  for (const row of rows) states.set(row.state, (states.get(row.state) ?? 0) + 1);
  return `${counted(rows.length, changed.length > 0 ? 'other row' : 'row')}: ${[...states].map(([state, count]) => `${formatCount(count)} ${state}`).join(', ')}`;
}
