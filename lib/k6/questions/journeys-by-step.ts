import { Counter, Rate, Trend } from 'k6/metrics';
import { OWN_METRICS } from '../../core/measure/k6-metrics.ts';
import type { Step } from '../../core/spec/load-shape.ts';
import type { Watch } from '../journeys/watching.ts';
import { Staircase } from './staircase.ts';

const begun = new Counter(OWN_METRICS.stepJourneyBegun);
const completed = new Trend(OWN_METRICS.stepJourneyCompleted, true);
const lost = new Rate(OWN_METRICS.stepJourneyLost);
const done = new Counter(OWN_METRICS.stepJourneyDone);

/** Counts journeys and their requests by the steps of the load: a journey can go through several of them. */
export function journeysByStep(steps: readonly Step[]): Watch {
  const staircase = new Staircase(steps);
  return {
    begun: (atMs) => begun.add(1, { step: staircase.stepAt(atMs) }),
    answered: ({ sentAtMs, reply, outcome }) => staircase.count(sentAtMs, reply, outcome),
    ended: ({ begunAtMs, isCompleted }) => {
      const step = staircase.stepAt(begunAtMs);
      lost.add(!isCompleted, { step });
      if (!isCompleted) return;
      const nowMs = Date.now();
      completed.add(nowMs - begunAtMs, { step });
      if (!staircase.isOver(nowMs)) done.add(1, { step: staircase.stepAt(nowMs) });
    },
  };
}
