import { createPartFolder } from '../results/run-folder.ts';
import { freeAddress, K6Api } from './k6/k6-api.ts';
import type { PreparedScenario } from './prepare-scenarios.ts';
import { type OrderedRun, orderRun } from './run-once.ts';
import type { Session } from './session.ts';
import type { OpenTarget } from './target/target.ts';

/** One process of a load in consecutive parts, ready to be started: paused, and let go through its API. */
export interface Segment {
  /** From 1. */
  readonly part: number;
  readonly ordered: OrderedRun;
  readonly api: K6Api;
}

/** @throws UserError where its results cannot be kept */
export async function prepareSegment(
  session: Session,
  scenario: PreparedScenario,
  target: OpenTarget,
  runId: string,
  part: number,
  seconds: number,
): Promise<Segment> {
  const folder = createPartFolder(session.project, runId, part);
  const ordered = await orderRun(
    session,
    {
      ...scenario,
      variables: {
        ...scenario.variables,
        DURATION: `${Math.round(seconds * 1000)}ms`,
      },
      facts: { ...scenario.facts, expected: partOf(scenario.facts.expected, seconds) },
    },
    { target, measuresAtRest: session.request.measuresAtRest && part === 1, isLatest: false },
    folder,
  );
  const api = new K6Api(await freeAddress());
  const own = ['--paused', `--address=${api.address}`];
  return {
    part,
    ordered: { ...ordered, instance: part, k6: { ...ordered.k6, k6Arguments: [...own, ...ordered.k6.k6Arguments] } },
    api,
  };
}

function partOf(expected: PreparedScenario['facts']['expected'], seconds: number): typeof expected {
  return { requests: Math.round((expected.requests * seconds) / expected.seconds), seconds };
}
