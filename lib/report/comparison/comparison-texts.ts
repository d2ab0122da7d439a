import type { Arm, Comparison, Design } from '../../compare/comparison.ts';
import { changeText } from '../../compare/describe.ts';
import { formatShare } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';

const DESIGNS: Readonly<Record<Design, string>> = {
  paired: 'interleaved pairs',
  unpaired: 'runs of one session, not in turn',
  history: 'runs of different sessions',
  single: 'one run against one',
};

/** `1.4 (5 runs)`, and of which environment they are, where that has a name: `1.4 (5 runs, environment staging)`. */
export function armText({ name, runs }: Arm): string {
  const environments = [...new Set(runs.flatMap(({ environment }) => environment ?? []))];
  const where = environments.length === 0 ? '' : `, environment ${named(environments)}`;
  return `${name} (${counted(runs.length, 'run')}${where})`;
}

/** How sure these figures are: `5 interleaved pairs, run-to-run noise 2.9 %, smallest detectable +6.7 %, α 0.05`. */
export function noiseLine({ design, base, rows, alpha, look }: Comparison): string {
  const primary = rows.find(({ metric }) => metric === 'p95-geomean');
  const runs = design === 'paired' ? `${base.runs.length} ${DESIGNS.paired}` : DESIGNS[design];
  const noise =
    primary?.noiseCv === undefined
      ? 'noise between runs unknown'
      : `run-to-run noise of the ${primary.title.replace(/ \(.*/, '')} ${formatShare(primary.noiseCv)}`;
  const detectable =
    primary?.smallestDetectable === undefined
      ? []
      : [`smallest detectable ${changeText(primary.smallestDetectable, 'ms')}`];
  const looks = look[1] > 1 ? [`look ${look[0]} of ${look[1]}`] : [];
  return [runs, noise, ...detectable, `α ${alpha} (each bound of an interval)`, ...looks].join(', ');
}
