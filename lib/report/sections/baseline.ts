import { outcomesText } from '../../core/measure/outcome-rows.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, msCell, numberCell, paragraph, right, table } from '../../core/spec/document/cells.ts';
import { formatCount, formatFactor } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { EndpointRow } from '../model/endpoint-rows.ts';
import type { Report } from '../model/report.ts';
import { endpointText } from './cells.ts';

/** What one user met before the load, against what the load met. */
export function baselineBlocks({ sequential, endpoints }: Report): Block[] {
  const met = endpoints.filter(({ atRest }) => atRest !== undefined);
  return [
    ...(met.length > 0
      ? [
          paragraph(
            sequential.scenario === undefined
              ? `One user at a time, before the load: ${counted(sequential.requests, 'request')}, ${formatCount(sequential.okReplies)} ok. This shows whether an endpoint works and roughly how fast, but is too little for percentiles. ${sequential.conclusion}`
              : `One user at a time, in the run ${sequential.scenario}: ${counted(sequential.requests, 'request')}, ${formatCount(sequential.okReplies)} ok. ${sequential.conclusion}`,
          ),
          table(
            'Unloaded vs. under load, by endpoint',
            [...left('Endpoint'), ...right('Unloaded, median', 'Under load, median', 'Samples', 'vs. unloaded')],
            met.map((row) => [
              cell(endpointText(row)),
              atRestCell(row),
              msCell(row.ok.p50),
              countCell(row.ok.count),
              numberCell(row.loadFactor, formatFactor),
            ]),
          ),
        ]
      : []),
    ...(met.length > 0 ? [] : [paragraph(sequential.conclusion)]),
  ];
}

function atRestCell({ atRest }: EndpointRow): Cell {
  if (atRest === undefined) return cell('not met');
  if (atRest.medianOkMs === undefined) return cell(outcomesText(atRest.outcomes), atRest.isBroken ? 'bad' : 'plain');
  const { medianOkMs, okReplies } = atRest;
  const median = msCell(medianOkMs);
  return { ...median, text: `${median.text} (n = ${okReplies})` };
}
