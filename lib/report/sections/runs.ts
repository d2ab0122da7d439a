import type { Block, Inline } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  left,
  msCell,
  numberCell,
  paragraph,
  rateCell,
  right,
  table,
} from '../../core/spec/document/cells.ts';
import { formatDuration } from '../../core/spec/units.ts';
import type { Report } from '../model/report.ts';
import { outcomesWithShares, verdictCell } from './cells.ts';

export function runBlocks({ runs }: Report): Block[] {
  return [
    table(
      'Scenarios and what came of them',
      [
        ...left('Scenario', 'Load'),
        ...right('Requests', 'Duration', 'Throughput', 'ok p95'),
        ...left('Outcomes', 'Verdict'),
      ],
      runs.map((run) => [
        cell(run.scenario),
        cell(run.load.join('; ') || 'not known'),
        countCell(run.requests),
        numberCell(run.loadSeconds, formatDuration),
        rateCell(run.requestsPerSecond),
        msCell(run.ok.p95),
        cell(outcomesWithShares(run.outcomes)),
        verdictCell(run.verdict),
      ]),
    ),
  ];
}

/** The scenarios that were not run, and the questions that they ask. */
export function gapBlocks({ gaps }: Report): Block[] {
  if (gaps.length === 0) return [paragraph('Every known scenario was run.')];
  return [
    paragraph([
      'Not tested, because these scenarios were not run:',
      ...gaps.flatMap(({ scenario, question, isAvailable }): Inline[] => [
        ' ',
        { code: scenario },
        ` (${isAvailable === false ? 'this project has none' : 'not run'}): ${question ?? 'a scenario of this project.'}`,
      ]),
    ]),
  ];
}
