import type { StoredThreshold } from '../../../core/judge/threshold.ts';
import { describeThreshold } from '../../../core/judge/threshold-text.ts';
import { formatActual, formatLimit } from '../../../core/spec/figure-text.ts';
import { counted, named } from '../../../core/spec/words.ts';
import type { Rule } from './rule.ts';

/** Limits of k6's own that hold only since failed requests are in their figures: the expected replies are beyond them. */
export const judgedOnAll: Rule = ({ thresholds }) => {
  const beyond = thresholds.filter(isHeldByFailures);
  if (beyond.length === 0) return [];
  const texts = beyond.map(
    ({ title, metric, okActual = 0, actual = 0, limit }) =>
      `${title ?? metric}: ${formatActual(okActual, limit, 'ms')} of expected responses, ${formatActual(actual, limit, 'ms')} with the failed ones, limit ${formatLimit(limit, 'ms')}`,
  );
  return [
    {
      id: 'judged-on-all-requests',
      title: 'A limit holds only because failed requests are counted',
      severity: 'high',
      impact: 'high',
      area: 'user experience',
      summary: `${counted(beyond.length, 'threshold')} of k6 ${beyond.length === 1 ? 'holds' : 'hold'} over all requests, and the expected responses alone are beyond the same limit: ${named(texts, 2)}.`,
      description:
        'k6 judges http_req_duration on all requests. A request that fails at once counts as a fast one, so failures improve the figure.',
      endpoints: beyond.flatMap(({ endpoint }) => endpoint ?? []),
      evidence: beyond.map((threshold, i) => `${describeThreshold(threshold)}; ${texts[i]}`),
      hypotheses: [],
      recommendations: [
        {
          urgency: 'must',
          text: 'Judge the expected responses: name the threshold http_req_duration{expected_response:true}, and keep one on http_req_failed beside it.',
        },
      ],
    },
  ];
};

function isHeldByFailures({ verdict, operator, limit, okActual }: StoredThreshold): boolean {
  if (verdict !== 'pass' || okActual === undefined) return false;
  return operator === '<' ? okActual >= limit : operator === '<=' && okActual > limit;
}
