import type { ScriptFacts } from '../../judge/script/script-facts.ts';
import { type ScriptWorkload, workloadOfScript } from '../../judge/script/script-workload.ts';
import type { Measured, StoredEndpoint, StoredLoad } from '../../measure/measured.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { TrendSeries } from '../../measure/record/request-cells.ts';
import type { K6File } from '../k6-file.ts';
import { fileOfRecord } from './file-of-record.ts';
import { judgeRows } from './judge-rows.ts';
import { type LoadFacts, loadOfScript } from './load-of-script.ts';
import { measuredOf, requestsOfLoad, rowsOf } from './rows.ts';

/** What a record says of the load of a script. */
export interface FiguresOfScript {
  readonly requests: readonly TrendSeries[];
  readonly endpoints: readonly StoredEndpoint[];
  readonly totals: Measured;
  readonly file: K6File;
  readonly workload: ScriptWorkload;
  readonly sent: { readonly loadStartedAt?: string; readonly instance?: number; readonly load: StoredLoad };
}

/** What is known of a run beside its record, as far as figures depend on it. */
export type KnownOfLoad = Omit<LoadFacts, 'file' | 'totals' | 'workload'> & { readonly k6Version: string };

export function figuresOfScript(
  record: RecordTotals,
  { sha256 }: Pick<ScriptFacts, 'sha256'>,
  { k6Version, ...known }: KnownOfLoad,
): FiguresOfScript {
  const requests = requestsOfLoad(record);
  const totals = measuredOf(requests);
  const file = fileOfRecord(record, k6Version);
  const workload = workloadOfScript(record, sha256, k6Version);
  const sent = loadOfScript(record, { ...known, file, totals, workload });
  return { requests, endpoints: rowsOf(requests), totals, file, workload, sent };
}

/**
 * The budgets of a script against these figures: at the end of a run for its verdict, and before for whoever watches it.
 * @param today the day (UTC) on which waivers must be in force
 */
export function judgeBudgets(
  { budgets = {} }: Pick<ScriptFacts, 'budgets'>,
  { endpoints, totals, sent: { load } }: Pick<FiguresOfScript, 'endpoints' | 'totals' | 'sent'>,
  today: string,
): ReturnType<typeof judgeRows> {
  return judgeRows(budgets, { endpoints, totals, load }, today);
}
