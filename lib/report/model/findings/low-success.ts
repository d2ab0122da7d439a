import { OUTCOME_LABELS } from '../../../core/measure/outcome.ts';
import { outcomeRows } from '../../../core/measure/outcome-rows.ts';
import { formatActual, formatLimit } from '../../../core/spec/figure-text.ts';
import { formatCount, formatShare } from '../../../core/spec/units.ts';
import { USUAL_SUCCESS_SHARE } from '../../../core/spec/usual-success.ts';
import { counted } from '../../../core/spec/words.ts';
import { successShare } from '../evidence.ts';
import { idsOf, type Rule } from './rule.ts';

/** Too few of the requests that were not rate limited as declared got an `ok` reply. */
export const lowSuccess: Rule = ({ totals, setAside, endpoints, runs }) => {
  const judged = totals.requests - setAside;
  const share = successShare(totals.outcomes, judged);
  const limits = runs.flatMap(({ thresholds }) =>
    thresholds.flatMap((t) => (t.metric === 'successShare' && t.endpoint === undefined ? t.limit : [])),
  );
  const least = limits.length > 0 ? Math.max(...limits) : USUAL_SUCCESS_SHARE;
  if (share === undefined || share >= least) return [];
  const lost = outcomeRows(totals.outcomes).filter(({ outcome }) => outcome !== 'ok');
  const ok = totals.outcomes.ok ?? 0;
  const affected = endpoints.filter(
    ({ outcomes, judgedRequests }) => (successShare(outcomes, judgedRequests) ?? 1) < least,
  );
  return [
    {
      id: 'low-success',
      title: 'Too few requests succeed',
      severity: share < 0.5 ? 'critical' : share < 0.95 ? 'high' : 'medium',
      impact: share < 0.95 ? 'high' : 'medium',
      area: 'availability',
      summary: `Success rate ${formatActual(share, least, 'share')} (${formatCount(ok)} of ${formatCount(judged)}, expected 429s excluded); required: ${formatLimit(least, 'share')}.`,
      description: `Of all ${counted(totals.requests, 'request')}, ${formatShare(totals.requests > 0 ? ok / totals.requests : 0)} were ok. Expected 429s are excluded from the success rate.`,
      endpoints: idsOf(affected),
      evidence: [
        `${formatCount(ok)} ${OUTCOME_LABELS.ok} (${formatShare(ok / totals.requests, totals.requests)} of all requests)`,
        ...lost.map(
          ({ label, count, share: own }) => `${formatCount(count)} ${label} (${formatShare(own)} of all requests)`,
        ),
      ],
      hypotheses: [],
      recommendations: [
        {
          urgency: 'must',
          text: `Raise the success rate to at least ${formatLimit(least, 'share')}; the other findings give the causes.`,
        },
      ],
    },
  ];
};
