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
      title: isTooLow ? 'It breaks below the rate that it must sustain' : 'The rate at which it breaks is known',
      severity: isTooLow ? 'high' : 'low',
      impact: isTooLow ? 'high' : 'low',
      area: 'capacity',
      summary: headline(study),
      description: 'Beyond this rate users wait in a queue that grows as long as the load lasts, or are turned away.',
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
        hypothesis('It turns away what it cannot take.', {
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
            text: 'Find what the service waits for at this rate (CPU, a lock, a pool, its database), or add instances.',
          }
        : { urgency: 'could', text: 'Alert well below this rate, and test again when traffic comes near to it.' },
    }),
  ];
}
