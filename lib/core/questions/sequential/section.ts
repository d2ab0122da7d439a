import type { Block } from '../../spec/document/blocks.ts';
import { cell, countCell, left, msCell, right, table } from '../../spec/document/cells.ts';
import type { SequentialStudy } from './answer.ts';

/** How the question is answered. */
export const METHOD =
  'One user sends one request after another, to each endpoint in turn or as its journeys have it: there is no other load.';

export function section({ endpoints }: SequentialStudy, of: string): Block[] {
  return [
    table(
      `Latency of one user${of}`,
      [...left('Endpoint'), ...right('successful responses', 'p50', 'p95', 'Slowest')],
      endpoints.map(({ endpoint, replies, p50Ms, p95Ms, maxMs }) => [
        cell([{ code: endpoint }]),
        countCell(replies),
        msCell(p50Ms),
        msCell(p95Ms),
        msCell(maxMs),
      ]),
    ),
  ];
}
