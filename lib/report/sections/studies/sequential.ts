import type { SequentialStudy } from '../../../core/questions/sequential.ts';
import type { Block } from '../../../core/spec/document/blocks.ts';
import { cell, countCell, left, msCell, right, table } from '../../../core/spec/document/cells.ts';

export function sequentialBlocks({ endpoints }: SequentialStudy, of: string): Block[] {
  return [
    table(
      `Latency at rest${of}`,
      [...left('Endpoint'), ...right('ok replies', 'p50', 'p95', 'Slowest')],
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
