import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { OWN_METRICS } from '../../core/measure/k6-metrics.ts';
import { EVENT_KEY } from '../../core/questions/events.ts';

const events = new Counter(OWN_METRICS.events);

/**
 * Notes an event for the tool, which the recorder keeps with its time: k6's own metrics keep no single values. It is a
 * metadatum and not a tag, since k6 never forgets a tag.
 */
export function note(event: object): void {
  const { metadata } = exec.vu.metrics;
  metadata[EVENT_KEY] = JSON.stringify(event);
  events.add(1);
  delete metadata[EVENT_KEY];
}

/** Milliseconds from the beginning of the load to a moment. @param atMs @default now */
export function sinceStartMs(atMs: number = Date.now()): number {
  return atMs - exec.scenario.startTime;
}
