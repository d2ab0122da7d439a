import { type EndOfK6, failedTeardownOf } from '../../judge/k6-ending.ts';
import { CUT_OFF } from '../../judge/measurement-of-record.ts';
import { partOfLoad } from '../../judge/script/script-part.ts';
import { modelOf, type ScriptWorkload } from '../../judge/script/script-workload.ts';
import type { Measured, StoredLoad } from '../../measure/measured.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import { present } from '../../spec/present.ts';
import type { K6File } from '../k6-file.ts';
import { iterationsIn, usersIn } from './file-of-record.ts';

/** What is known of a load beside its record. */
export interface LoadFacts extends EndOfK6 {
  readonly file: K6File;
  readonly totals: Measured;
  readonly workload: ScriptWorkload;
  readonly interrupted?: number;
  readonly thrown?: number;
  readonly unawaited?: number;
  readonly failedTeardown?: string;
  /** @default those of the record */
  readonly users?: UsersOfLoad;
}

/** How many users there were at most, and when k6 last looked. */
export type UsersOfLoad = Pick<StoredLoad, 'mostUsers' | 'usersAtEnd'>;

/** What k6 sent of the load of a script, and when. */
export function loadOfScript(
  record: RecordTotals,
  { file, totals, workload, interrupted, thrown, unawaited, users = usersIn(file), ...end }: LoadFacts,
): { readonly loadStartedAt?: string; readonly instance?: number; readonly load: StoredLoad } {
  const { loadWindow, isWhole } = record;
  const part = partOfLoad(record);
  const windowSeconds = loadWindow === undefined ? 0 : (loadWindow.toMs - loadWindow.fromMs) / 1000;
  return {
    ...present({
      loadStartedAt: loadWindow && new Date(loadWindow.fromMs).toISOString(),
      instance: part?.instance,
    }),
    load: {
      ...present({ model: modelOf(workload) }),
      iterations: {
        ...iterationsIn(file),
        ...present({ interrupted, thrown: thrown || undefined, unawaited: unawaited || undefined }),
      },
      windowSeconds,
      requestsPerSecond: windowSeconds > 0 ? totals.requests / windowSeconds : 0,
      ...users,
      ...present({
        recordLacks: isWhole ? undefined : CUT_OFF,
        endedEarly: record.end.abortedByThreshold,
        failedTeardown: end.failedTeardown ?? failedTeardownOf(end, loadWindow !== undefined),
        segment: part && { of: part.of },
      }),
    },
  };
}
