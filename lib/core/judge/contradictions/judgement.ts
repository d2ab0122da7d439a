import { type Contradiction, expectSame } from '../../measure/contradiction.ts';
import { judgeThreshold } from '../judge-threshold.ts';
import { isOfStudy } from '../metrics.ts';
import type { RunSummary } from '../run-summary.ts';
import type { JudgedThreshold } from '../threshold.ts';
import { describeThreshold } from '../threshold-text.ts';

/** What a run was judged to be, beside the figures that it was judged by. */
export function contradictionsOfJudgement(run: RunSummary): Contradiction[] {
  return [
    ...run.thresholds.flatMap((threshold, i) => judgedByFigures(`thresholds[${i}]`, threshold, run)),
    ...passedInSpiteOf(run),
  ];
}

/** The answer of a question was worked out from what is not stored; all else is said by the figures. */
function judgedByFigures(member: string, threshold: JudgedThreshold, run: RunSummary): Contradiction[] {
  const { metric, actual, samples, verdict } = threshold;
  if (isOfStudy(metric) || metric === 'acceptedBeyondLimit') return [];
  // Of the day on which it was judged only the verdict is kept.
  const again = judgeThreshold(threshold, run, verdict === 'waived' ? threshold.waiver?.until : undefined);
  const figures = `as the figures say: ${describeThreshold(again)}`;
  if (!isSame(actual, again.actual))
    return [{ member: `${member}.actual`, received: `${actual ?? 'nothing'}`, expected: figures }];
  if (again.verdict !== verdict) return [{ member: `${member}.verdict`, received: verdict, expected: figures }];
  return expectSame(`${member}.samples`, samples, again.samples, 'what it is measured on');
}

function isSame(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}

/** A threshold that failed, or had nothing to judge, fails its run. */
function passedInSpiteOf({ verdict, thresholds }: RunSummary): Contradiction[] {
  if (verdict !== 'pass') return [];
  const crossed = thresholds.findIndex((threshold) => threshold.verdict === 'fail' || threshold.verdict === 'no_data');
  if (crossed === -1) return [];
  const expected = `another one, since thresholds[${crossed}].verdict is ${thresholds[crossed]?.verdict}`;
  return [{ member: 'verdict', received: verdict, expected }];
}
