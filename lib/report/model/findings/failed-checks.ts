import type { K6Check } from '../../../core/judge/run-summary.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatCount, formatShare } from '../../../core/spec/units.ts';
import { are, counted, named } from '../../../core/spec/words.ts';
import { checksOf } from '../other-figures.ts';
import type { Rule } from './rule.ts';

/** Checks of a k6 script that failed: k6 counts them, and fails no run for them without a threshold. */
export const failedChecks: Rule = ({ runs }) => {
  const checks = checksOf(runs);
  const isOurs = runs.every(({ source }) => source === 'k6-verdict');
  const failing = [...checks].filter(({ fails }) => fails > 0).sort((a, b) => b.fails - a.fails);
  if (failing.length === 0) return [];
  const failed = sum(failing.map(({ fails }) => fails));
  const all = sum(checks.map(({ passes, fails }) => passes + fails));
  const never = failing.filter(({ passes }) => passes === 0);
  const share = failed / all;
  return [
    {
      id: 'failed-checks',
      title: 'Checks of the script failed',
      severity: share >= 0.5 ? 'critical' : share >= 0.01 || never.length > 0 ? 'high' : 'medium',
      impact: share >= 0.01 ? 'high' : 'medium',
      area: 'correctness',
      summary: `${formatCount(failed)} of ${counted(all, 'check')} failed (${formatShare(share)}): ${named(failing.map(nameOf), 3)}.`,
      description: isOurs
        ? 'A check says what a response should have been. k6 counts its failures and lets the run pass all the same.'
        : 'A check says what a response should have been. k6 counts its failures and lets the run pass all the same, unless a threshold on checks is crossed.',
      endpoints: [],
      evidence: [
        ...failing.slice(0, MOST_SHOWN).map((check) => {
          const { passes, fails } = check;
          return `${nameOf(check)}: ${formatCount(fails)} of ${formatCount(passes + fails)} failed`;
        }),
        ...(never.length > 0 ? [`never passed: ${named(never.map(nameOf))}`] : []),
      ],
      hypotheses: [],
      recommendations: [
        {
          urgency: share >= 0.01 ? 'must' : 'should',
          text: `Find out why ${counted(failing.length, 'check')} of the script ${are(failing.length) === 'is' ? 'fails' : 'fail'}, and ${isOurs ? 'say it as the content check of an endpoint, which is judged' : 'give it a threshold on checks, such as rate>0.99'}.`,
        },
      ],
    },
  ];
};

const MOST_SHOWN = 20;

function nameOf({ name, group }: K6Check): string {
  return `"${group === undefined ? name : `${group} / ${name}`}"`;
}
