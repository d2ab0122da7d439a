import { present } from '../../spec/present.ts';
import type { Cause } from '../measured.ts';
import { isExpected, outcomeOfCell, type TrendSeries } from './request-cells.ts';

/** More kinds than that nobody reads. */
export const MOST_CAUSES = 20;

/** Why requests were not as expected: the commonest causes first. @param requests of one endpoint */
export function causesOf(requests: readonly TrendSeries[]): Cause[] {
  return requests
    .filter(({ tags }) => !isExpected(tags))
    .map(({ tags, trend }) => causeOf(tags, trend.count))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_CAUSES);
}

/** A reply is told by its status, the lack of one by k6's code and text. */
function causeOf(tags: TrendSeries['tags'], count: number): Cause {
  const status = Number(tags.status ?? 0);
  const outcome = outcomeOfCell(tags);
  if (status > 0) return { outcome, count, status };
  const errorCode = Number(tags.error_code ?? 0);
  return present({ outcome, count, errorCode: errorCode > 0 ? errorCode : undefined, text: tags.error });
}
