import { Counter, Trend } from 'k6/metrics';
import { adderTo } from 'k6/x/verdict';
import { OWN_METRICS } from '../../core/measure/k6-metrics.ts';
import type { Journey } from './journey-definition.ts';

const started = new Counter(OWN_METRICS.journeyStarted);
const completed = new Trend(OWN_METRICS.journeyCompleted, true);

/** Notes what happens in every iteration of the load. */
export interface Notes {
  readonly begun: (count: number) => void;
  readonly completed: (ms: number) => void;
}

/** Made in Go, once for each journey: k6 would take their tags apart in every iteration. */
export function notesOf(journeys: readonly Journey[]): ReadonlyMap<Journey, Notes> {
  return new Map(
    journeys.map((journey) => {
      const tags = { journey: journey.name };
      return [journey, { begun: adderTo(started, tags), completed: adderTo(completed, tags) }];
    }),
  );
}
