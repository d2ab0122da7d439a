import type { Questions } from '../questions/question.ts';
import { present } from '../spec/present.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { isOfStudy } from './metrics.ts';
import type { StoredRun } from './run-summary.ts';
import { judgeRun, worstVerdict } from './verdict.ts';

/**
 * A stored run with the limits on its answer held against that answer anew, as they were on the day of the run. What was
 * stored may be of a version that gave a number to what was never seen; its verdict can only get worse by this.
 */
export function judgeAnswerAgain<Run extends StoredRun>(run: Run, questions?: Questions): Run {
  if (run.source !== 'k6-verdict' || run.study === undefined) return run;
  const { endpoints, journeys, load, study, k6Thresholds, k6ExitCode, endedAt } = run;
  const thresholds = run.thresholds.map((threshold) =>
    isOfStudy(threshold.metric, questions)
      ? judgeThreshold(threshold, run, endedAt.slice(0, 'yyyy-mm-dd'.length), questions)
      : threshold,
  );
  const judged = judgeRun(
    { thresholds, endpoints, ...present({ journeys }), load, study, k6Thresholds, k6ExitCode },
    questions,
  );
  const isWorse = judged.verdict !== run.verdict && worstVerdict([judged.verdict, run.verdict]) === run.verdict;
  const { verdict, reasons } = isWorse ? run : judged;
  return { ...run, thresholds, verdict, reasons };
}
