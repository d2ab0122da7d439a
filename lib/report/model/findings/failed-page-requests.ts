import { sum } from '../../../core/spec/sum.ts';
import { formatCount, formatShare } from '../../../core/spec/units.ts';
import { counted } from '../../../core/spec/words.ts';
import type { Rule } from './rule.ts';

/** Requests of a browser that failed: k6 counts them apart from those of http, and fails no run for them. */
export const failedPageRequests: Rule = ({ runs }) => {
  const rates = runs.flatMap((run) =>
    run.source === 'k6-verdict'
      ? []
      : (run.k6?.figures ?? []).filter(({ metric, kind }) => metric === 'browser_http_req_failed' && kind === 'rate'),
  );
  const failed = sum(rates.map(({ values: { passes = 0 } }) => passes));
  const all = failed + sum(rates.map(({ values: { fails = 0 } }) => fails));
  if (failed === 0) return [];
  const share = failed / all;
  return [
    {
      id: 'failed-page-requests',
      title: 'Requests of the browser failed',
      severity: share >= 0.5 ? 'critical' : share >= 0.01 ? 'high' : 'medium',
      impact: share >= 0.01 ? 'high' : 'medium',
      area: 'correctness',
      summary: `${formatCount(failed)} of ${counted(all, 'request')} that pages made failed (${formatShare(share)}).`,
      description:
        'What a page loads it asks for with requests of its own. k6 counts those that fail and lets the run pass all the same, unless a threshold on browser_http_req_failed is crossed.',
      endpoints: [],
      evidence: [`browser_http_req_failed: ${formatCount(failed)} of ${formatCount(all)}`],
      hypotheses: [],
      recommendations: [
        {
          urgency: share >= 0.01 ? 'must' : 'should',
          text: 'Find out which requests of the pages fail, and give them a threshold, such as rate<0.01 on browser_http_req_failed.',
        },
      ],
    },
  ];
};
