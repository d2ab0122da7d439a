import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { isGated } from '../../compare/decide.ts';
import { describeChange, nameOf } from '../../compare/describe.ts';
import { type JunitCase, junitXml } from '../junit-document.ts';
import { noiseLine } from './comparison-texts.ts';

/** The comparison as JUnit XML: one suite, one case per gated row, and one for the decision. */
export function renderComparisonJunit(comparison: Comparison): string {
  const { scenario, rows, base, head, alpha, decision, headline, reasons } = comparison;
  const cases = rows.filter(isGated).map((row) => caseOf(row, scenario));
  const isTold = cases.some(({ state }) => state === 'failure' || state === 'error');
  const state = decision === 'fail' ? 'failure' : decision === 'incomparable' ? 'error' : 'passed';
  return junitXml([
    {
      name: `${scenario}: ${head.name} against ${base.name}`,
      properties: { decision, alpha: String(alpha), noise: noiseLine(comparison), base: base.name, head: head.name },
      cases: [
        ...cases,
        {
          classname: `k6-verdict.compare.${scenario}`,
          name: 'comparison',
          state: decision === 'inconclusive' ? 'skipped' : isTold && decision === 'fail' ? 'passed' : state,
          message: [headline, ...reasons].join('\n'),
        },
      ],
    },
  ]);
}

const STATES: Readonly<Record<ComparedRow['state'], JunitCase['state']>> = {
  regressed: 'failure',
  removed: 'error',
  incomparable: 'error',
  suspect: 'skipped',
  inconclusive: 'skipped',
  confounded: 'skipped',
  added: 'skipped',
  changed: 'passed',
  improved: 'passed',
  unchanged: 'passed',
};

function caseOf(row: ComparedRow, scenario: string): JunitCase {
  return {
    classname: `k6-verdict.compare.${scenario}${row.endpoint === undefined ? '' : `.${row.endpoint}`}`,
    name: nameOf(row),
    state: STATES[row.state],
    message: describeChange(row),
  };
}
