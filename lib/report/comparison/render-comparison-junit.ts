import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { describeChange } from '../../compare/describe.ts';
import { isGated } from '../../compare/gated.ts';
import { isOfAll, nameOfSubject } from '../../compare/row-subject.ts';
import { formatExact } from '../../core/spec/figure-text.ts';
import { type JunitCase, type JunitProperty, junitXml } from '../junit-document.ts';
import { noiseLine } from './comparison-texts.ts';

/** The comparison as JUnit XML: one suite, one case per gated row, and one for the decision. */
export function renderComparisonJunit(comparison: Comparison): string {
  const { scenario, rows, base, head, alpha, decision, headline, reasons } = comparison;
  const gated = rows.filter(isGated);
  const cases = gated.map((row) => caseOf(row, comparison));
  const isTold = cases.some(({ state }) => state === 'failure' || state === 'error');
  const state = decision === 'fail' ? 'failure' : decision === 'incomparable' ? 'error' : 'passed';
  return junitXml([
    {
      name: `${scenario} compared`,
      properties: [
        ['base', base.name],
        ['head', head.name],
        ['decision', decision],
        ['alpha', String(alpha)],
        ['noise', noiseLine(comparison)],
        ...gated.flatMap(propertiesOf),
      ],
      cases: [
        ...cases,
        {
          classname: `k6-verdict.compare.${scenario}`,
          name: 'comparison',
          state: decision === 'inconclusive' ? 'skipped' : isTold && decision === 'fail' ? 'passed' : state,
          message: [headline, ...reasons].join('\n'),
        },
      ],
      output: [headline, ...reasons].join('\n'),
    },
  ]);
}

/** A case fails only where the comparison does: CI reads the one and the exit code the other. */
function stateOf({ state, accepted }: ComparedRow, decision: Comparison['decision']): JunitCase['state'] {
  switch (state) {
    case 'regressed':
      return accepted === undefined ? 'failure' : 'skipped';
    case 'removed':
    case 'incomparable':
      return decision === 'incomparable' ? 'error' : 'skipped';
    case 'changed':
    case 'improved':
    case 'unchanged':
      return 'passed';
    default:
      return 'skipped';
  }
}

/** Its class says what it is about, and its name is the metric: neither has a figure, by which a history would be lost. */
function caseOf(row: ComparedRow, { scenario, decision }: Comparison): JunitCase {
  return {
    classname: `k6-verdict.compare.${scenario}${isOfAll(row) ? '' : `.${nameOfSubject(row)}`}`,
    name: row.metric,
    state: stateOf(row, decision),
    message: describeChange(row),
  };
}

function propertiesOf(row: ComparedRow): JunitProperty[] {
  const { metric, unit, base, head, change, state } = row;
  const name = [nameOfSubject(row), metric].filter((part) => part !== undefined).join('.');
  return [
    [`${name}.base`, exact(base, unit)],
    [`${name}.head`, exact(head, unit)],
    [
      `${name}.change`,
      change === undefined ? 'not known' : `${Number((100 * change).toPrecision(12))} ${unit === 'share' ? 'pp' : '%'}`,
    ],
    [`${name}.state`, state],
  ];
}

/** With all its digits: a server that draws a history of it rounds by itself. */
function exact(value: number | undefined, unit: ComparedRow['unit']): string {
  if (value === undefined || Number.isNaN(value)) return 'not measured';
  return formatExact(value, unit === 'per second' ? 'perSecond' : unit);
}
