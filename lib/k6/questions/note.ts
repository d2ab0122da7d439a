import exec from 'k6/execution';
import { EVENT_KEY } from '../../core/questions/events.ts';

/** Notes an event for the study: k6's metrics keep no single values, and no times. */
export function note(event: object): void {
  console.log(JSON.stringify({ [EVENT_KEY]: event }));
}

/** Milliseconds since the load began. */
export function sinceStartMs(): number {
  return Date.now() - exec.scenario.startTime;
}
