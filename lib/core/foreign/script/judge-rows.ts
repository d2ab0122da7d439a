import { judgeThreshold } from '../../judge/judge-threshold.ts';
import { type RowBudgets, thresholdsOfRows } from '../../judge/script/script-budgets.ts';
import type { StoredThreshold } from '../../judge/threshold.ts';
import type { Measured, StoredEndpoint, StoredLoad } from '../../measure/measured.ts';
import { didYouMean } from '../../spec/closest.ts';
import { present } from '../../spec/present.ts';

/**
 * Holds the budgets of a script against its rows. One that names a row which was never met is `no_data`.
 * @param today the day (UTC) on which waivers must still be in force
 */
export function judgeRows(
  budgets: RowBudgets,
  figures: { readonly endpoints: readonly StoredEndpoint[]; readonly totals: Measured; readonly load?: StoredLoad },
  today: string,
): StoredThreshold[] {
  const met = figures.endpoints.map(({ id }) => id);
  return thresholdsOfRows(budgets, met).map((threshold) => {
    const { endpoint } = threshold;
    const judged = judgeThreshold(threshold, figures, today);
    if (endpoint === undefined || met.includes(endpoint)) return judged;
    return { ...judged, seen: 'never requested', ...present({ toTell: didYouMean(endpoint, met) }) };
  });
}
