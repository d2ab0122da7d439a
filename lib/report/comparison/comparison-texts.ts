import type { Arm, Comparison, Design } from '../../compare/comparison.ts';
import { changeText, shortNameOf, valueText } from '../../compare/describe.ts';
import { formatShare } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';

const DESIGNS: Readonly<Record<Design, string>> = {
  paired: 'interleaved pairs',
  unpaired: 'runs of one session, not in turn',
  history: 'runs of different sessions',
  single: 'one run against one',
};

/** `1.4 (5 runs)`, and of which environment they are, where that has a name: `1.4 (5 runs, environment staging)`. */
function armText({ name, runs }: Arm): string {
  const environments = [...new Set(runs.flatMap(({ environment }) => environment ?? []))];
  const where = environments.length === 0 ? '' : `, environment ${named(environments)}`;
  return `${name} (${counted(runs.length, 'run')}${where})`;
}

/** `sustained: base 1.4 (5 runs), head 1.5 (5 runs)`. */
export function sidesText({ scenario, base, head }: Comparison): string {
  return `${scenario}: base ${armText(base)}, head ${armText(head)}`;
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

/** What was compared, and its main figures: `sustained: base 1.4 (5 runs), head 1.5 (5 runs); goodput 30.0/s to 29.8/s (−0.6 %)`. */
export function figuresLine(comparison: Comparison): string {
  const figures = comparison.rows.flatMap((row) => {
    if (row.family !== 'primary' || row.state === 'incomparable' || row.base === undefined || row.head === undefined)
      return [];
    const change = row.change === undefined ? '' : ` (${changeText(row.change, row.unit)})`;
    return [`${shortNameOf(row)} ${valueText(row.base, row.unit)} to ${valueText(row.head, row.unit)}${change}`];
  });
  return `${[sidesText(comparison), ...(figures.length === 0 ? [] : [figures.join(', ')])].join('; ')}.`;
}
