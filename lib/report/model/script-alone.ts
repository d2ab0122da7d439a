import { isFaultOfScript } from '../../core/judge/fault-of-script.ts';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import type { Questions } from '../../core/questions/question.ts';
import { present } from '../../core/spec/present.ts';

/** What a headline must know of a run. */
export type HeadedRun = Pick<
  StoredRun,
  | 'verdict'
  | 'load'
  | 'study'
  | 'source'
  | 'targetKind'
  | 'endpoints'
  | 'journeys'
  | 'thresholds'
  | 'k6Thresholds'
  | 'k6ExitCode'
>;

/** Whether nothing but the code of its script failed a run. What a script of others does not ask for, nobody decides for it. */
export function isOfScriptAlone(run: HeadedRun, questions?: Questions): boolean {
  if (run.verdict !== 'fail') return false;
  const isOwn = run.source === 'k6-verdict';
  return isFaultOfScript({ k6ExitCode: 'unknown', ...run, ...present({ neverOk: isOwn ? undefined : [] }) }, questions);
}
