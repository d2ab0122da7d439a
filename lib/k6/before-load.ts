import exec from 'k6/execution';
import type { AtRest } from '../core/measure/measured.ts';
import { type FailedTrial, trialError } from '../core/spec/failed-trial.ts';
import { present } from '../core/spec/present.ts';
import { measureAtRest } from './at-rest.ts';
import { runHook } from './journeys/hooks.ts';
import { JourneyStop } from './journeys/journey-stop.ts';
import { reworded } from './journeys/reworded.ts';
import { tryJourneys } from './journeys/try-journeys.ts';
import { whyOf } from './journeys/why-of.ts';
import type { Met } from './met-in-bundle.ts';
import { note } from './questions/note.ts';
import { requestersOf } from './request.ts';
import type { ResolvedTest } from './resolve-test.ts';
import { endpointsOfRun } from './run-endpoint.ts';

/** What is known once everything before the load is done. */
export interface Prepared {
  readonly atRest: readonly AtRest[];
  /** What the author's `setup` returned. */
  readonly seeded?: unknown;
}

/** Endpoints that need nothing are met at rest. @param met which */
export function meetAtRest({ settings, order, target }: ResolvedTest, { endpoints, servers }: Met): Prepared {
  const met = endpointsOfRun(settings, order, endpoints);
  return { atRest: order.measuresAtRest ? measureAtRest(requestersOf(met, { target, servers }, 'at_rest')) : [] };
}

/** Whether something has to be waited for before the load. */
export function hasHooks({ definition }: ResolvedTest): boolean {
  return definition.journeys !== undefined || definition.setup !== undefined;
}

/**
 * The author's `setup`, then the trial of the journeys, or the endpoints at rest. Where that fails the run ends before
 * its load, what was made is cleared up, and the tool says why.
 */
export async function prepareLoad(test: ResolvedTest, met: Met): Promise<Prepared> {
  const seeded = await seed(test);
  if (test.definition.journeys === undefined) return { ...meetAtRest(test, met), seeded };
  const failed = test.order.measuresAtRest ? await tryJourneys(test, seeded) : undefined;
  if (failed === undefined) return { atRest: [], seeded };
  const notCleared = await clearUp(test, seeded).then(
    () => undefined,
    (error) => whyOf(error).why,
  );
  return endRun(test, present({ ...failed, notCleared }));
}

async function seed(test: ResolvedTest): Promise<unknown> {
  const { setup } = test.definition;
  try {
    return setup && (await runHook(test, setup));
  } catch (error) {
    return endRun(test, failureIn('setup of the test', error));
  }
}

/** The author's `teardown`. @throws what it throws: k6 tells it, and the tool reads that in its log */
export async function clearUp(test: ResolvedTest, seeded: unknown): Promise<void> {
  const { teardown } = test.definition;
  if (teardown === undefined) return;
  try {
    await runHook(test, (tools) => teardown({ ...tools, setup: seeded }), seeded);
  } catch (error) {
    throw error instanceof JourneyStop ? reworded(error, (why) => `at "${error.endpoint}": ${why}`) : error;
  }
}

function failureIn(failed: string, error: unknown): FailedTrial {
  return error instanceof JourneyStop
    ? { failed, at: error.endpoint, why: error.message }
    : { failed, ...whyOf(error) };
}

function endRun({ definition }: ResolvedTest, failedTrial: FailedTrial): never {
  note({ failedTrial });
  exec.test.abort(trialError(definition.name, failedTrial).message);
  throw new Error('k6 goes on after the end of its test.');
}
