import type { Block } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, paragraph, right, table } from '../../core/spec/document/cells.ts';
import { counted } from '../../core/spec/words.ts';
import type { Report } from '../model/report.ts';
import { endpointText } from './cells.ts';

/** Of many, the commonest. */
const MOST_ROWS = 40;

/** Why requests failed, endpoint by endpoint; nothing where nothing did, or no cause was recorded. */
export function causeBlocks({ endpoints }: Report): Block[] {
  const rows = endpoints
    .flatMap((endpoint) => (endpoint.causes ?? []).map((cause) => ({ endpoint, cause })))
    .sort((a, b) => b.cause.count - a.cause.count);
  if (rows.length === 0) return [];
  return [
    table(
      'Why requests failed',
      [...left('Endpoint', 'Cause'), ...right('Requests')],
      rows
        .slice(0, MOST_ROWS)
        .map(({ endpoint, cause }) => [cell(endpointText(endpoint)), cell(cause.words), countCell(cause.count)]),
    ),
    ...(rows.length > MOST_ROWS
      ? [paragraph(`And ${counted(rows.length - MOST_ROWS, 'more cause')}: report.json has them all.`)]
      : []),
  ];
}
