import exec from 'k6/execution';
import type { JourneyEvent, Probe } from '../../core/questions/recovery/probe.ts';
import { present } from '../../core/spec/present.ts';
import type { Watch } from '../journeys/watching.ts';
import type { Reply } from '../request.ts';
import { note, sinceStartMs } from './note.ts';

/** Notes the journeys of a stream as probes, with what their requests were answered. */
export function probingJourneys(): Watch {
  let journey = '';
  let requests: Probe[] = [];
  const noteJourney = (event: JourneyEvent) => note(event);
  return {
    begun: (atMs) => {
      journey = `${exec.vu.idInTest}-${exec.vu.iterationInInstance}`;
      requests = [];
      noteJourney({ journey, begunAtSeconds: sinceStartMs(atMs) / 1000 });
    },
    answered: ({ endpoint, sentAtMs, reply, outcome }) => {
      const sentAtSeconds = sinceStartMs(sentAtMs) / 1000;
      requests.push({ endpoint, sentAtSeconds, ms: durationOf(reply, sentAtMs), outcome });
    },
    ended: ({ isCompleted, stoppedAt }) => noteJourney({ journey, requests, isCompleted, ...present({ stoppedAt }) }),
  };
}

/** k6 measures 0 ms for what failed before it was sent. */
export function durationOf({ timings, status }: Reply, sentAtMs: number): number {
  return Math.max(timings.duration, status === 0 ? Date.now() - sentAtMs : 0);
}
