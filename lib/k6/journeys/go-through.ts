import type { Journey } from './journey-definition.ts';
import { JourneyStop } from './journey-stop.ts';
import type { OneUser } from './one-user.ts';
import type { Steps } from './steps.ts';

/** What is done with the end of a journey. */
export interface Ends {
  readonly completed: (journey: Journey, startedAtMs: number) => void;
  readonly stopped: (journey: Journey, startedAtMs: number, stop: JourneyStop) => void;
  /** An exception in its code. */
  readonly failed: (journey: Journey, error: unknown) => void;
}

/** Goes through a journey once. @returns a promise where the journey is one */
export function goThrough(user: OneUser, journey: Journey, steps: Steps, seeded: unknown, ends: Ends): unknown {
  const startedAtMs = Date.now();
  let result: unknown;
  try {
    const ready = user.ready(journey);
    result =
      ready === undefined
        ? journey.run(user.toolsFor(journey, steps, seeded))
        : ready.then(() => journey.run(user.toolsFor(journey, steps, seeded)));
  } catch (error) {
    return end(journey, startedAtMs, error, ends);
  }
  if (!isPromise(result)) return complete(user, journey, startedAtMs, ends);
  return result.then(
    () => complete(user, journey, startedAtMs, ends),
    (error) => end(journey, startedAtMs, error, ends),
  );
}

/** What goes wrong in a dialogue that nobody awaits would be lost. */
function complete(user: OneUser, journey: Journey, startedAtMs: number, ends: Ends): void {
  if (user.held.count === 0) ends.completed(journey, startedAtMs);
  else end(journey, startedAtMs, new Error('connect has to be awaited: its socket is still open'), ends);
}

function end(journey: Journey, startedAtMs: number, error: unknown, { stopped, failed }: Ends): void {
  if (error instanceof JourneyStop) stopped(journey, startedAtMs, error);
  else failed(journey, error);
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}
