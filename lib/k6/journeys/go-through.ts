import type { Journey } from './journey-definition.ts';
import { JourneyStop } from './journey-stop.ts';
import type { OneUser } from './one-user.ts';
import type { Steps } from './steps.ts';

/** What is done with the end of a journey. */
export interface Ends {
  readonly completed: () => void;
  readonly stopped: (stop: JourneyStop) => void;
  /** An exception in its code, which says by then where it was. */
  readonly failed: (error: unknown) => void;
}

/** Goes through a journey once. @returns a promise where the journey is one */
export function goThrough(
  user: OneUser,
  journey: Journey,
  steps: Steps,
  seeded: unknown,
  { completed, stopped, failed }: Ends,
): unknown {
  const ended = (error: unknown) =>
    error instanceof JourneyStop ? stopped(error) : failed(saysWhere(error, journey, user));
  const go = () => journey.run(user.toolsFor(journey, steps, seeded));
  try {
    const ready = user.ready(journey);
    const result = ready === undefined ? go() : ready.then(go);
    if (isPromise(result)) return result.then(completed, ended);
  } catch (error) {
    return ended(error);
  }
  return completed();
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}

/** The same error, so that k6 tells its place in the script. It may repeat what its user was told. */
function saysWhere(error: unknown, { name }: Journey, user: OneUser): unknown {
  const { lastStep } = user;
  const place = `journey "${name}"${lastStep === undefined ? '' : `, after "${lastStep}"`}`;
  const said = (text: unknown) => `${place}: ${user.hideOwn(String(text))}`;
  if (!(error instanceof Error)) return new Error(said(error));
  error.message = said(error.message);
  return error;
}
