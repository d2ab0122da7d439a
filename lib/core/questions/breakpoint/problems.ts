import { hypothesis, type Problem, rankHypotheses } from '../../spec/document/finding.ts';
import { formatMs } from '../../spec/units.ts';
import { problem } from '../found-problem.ts';
import type { BreakpointStudy } from './answer.ts';
import { describeMost, formatArrivals, headline, isOfJourneys } from './headline.ts';

/** Findings of an answer. */
export function problems(study: BreakpointStudy, isTooLow: boolean): Problem[] {
  const { broke, sustainedPerSecond, steps } = study;
  const rate = (perSecond: number) => formatArrivals(perSecond, study);
  const most = describeMost(study);
  if (broke === undefined) return [];
  const brokenStep = steps.find(({ level }) => level === broke.atPerSecond);
  return [
    problem({
      id: 'breakpoint',
      title: isTooLow ? 'The service breaks below the required rate' : 'The rate at which it breaks is known',
      severity: isTooLow ? 'high' : 'low',
      impact: isTooLow ? 'high' : 'low',
      area: 'capacity',
      summary: headline(study),
      description: 'Above this rate, requests queue up or are refused.',
      evidence: [
        `the highest rate within the limits: ${sustainedPerSecond === undefined ? 'none' : rate(sustainedPerSecond)}`,
        ...(brokenStep?.okMs === undefined
          ? []
          : [`at ${rate(broke.atPerSecond)} the p95 of successful responses was ${formatMs(brokenStep.okMs.p95)}`]),
      ],
      hypotheses: rankHypotheses([
        hypothesis('Something works off one request after another, at a fixed rate.', {
          for: [
            broke.by.includes('throughput') &&
              most !== undefined &&
              `however many were ${isOfJourneys(study) ? 'begun' : 'sent'}, ${most}`,
          ],
        }),
        hypothesis('The service refuses requests above its capacity.', {
          for: [
            broke.by.includes('errors') &&
              !broke.by.includes('latency') &&
              'requests failed while the others stayed fast',
          ],
        }),
      ]),
      todo: isTooLow
        ? {
            urgency: 'must',
            text: 'Find the bottleneck at this rate (CPU, a lock, a pool, the database), or add instances.',
          }
        : { urgency: 'could', text: 'Alert well below this rate, and test again when traffic comes near to it.' },
    }),
  ];
}
