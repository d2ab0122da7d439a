import type { Endpoint } from './endpoint.ts';
import { expectedLoad } from './expected-load.ts';
import { isFixedWork, type LoadShape, modelOf, type Plan, peakOf, plannedSeconds } from './load-shape.ts';
import { present } from './present.ts';
import { sum } from './sum.ts';

/** How many ok replies of each endpoint a plan is likely to give, known before it is sent. */
export interface ExpectedReplies {
  /** By endpoint: where each request is answered in a few milliseconds, and declared limits hold. */
  readonly usual: Readonly<Record<string, number>>;
  /** By endpoint: more than these there cannot be, however fast the answers are. */
  readonly most: Readonly<Record<string, number>>;
  /** What gives more of them, and what it is now: seconds of DURATION, or VUS. Absent where nothing does. */
  readonly grownBy?: { readonly setting: 'DURATION' | 'VUS'; readonly value: number };
}

/** As fast as an answer from the same machine can be. */
const FASTEST_REPLY_SECONDS = 0.0002;

/** @param endpoints each stream of the plan sends to all of them in turn */
export function expectedReplies(plan: Plan, endpoints: readonly Pick<Endpoint, 'id' | 'rateLimit'>[]): ExpectedReplies {
  const { seconds } = expectedLoad(plan, endpoints.length);
  const fastest = expectedLoad(plan, endpoints.length, FASTEST_REPLY_SECONDS).requests;
  // Each user sends its first request before its first pause.
  const users = sum(Object.values(plan).filter(isClosed).map(peakOf));
  const byEndpoint = (requests: number, replies: (each: (typeof endpoints)[number], share: number) => number) =>
    Object.fromEntries(endpoints.map((each) => [each.id, Math.floor(replies(each, requests / endpoints.length))]));
  const allowed = ({ rateLimit }: (typeof endpoints)[number]) =>
    rateLimit === undefined
      ? Number.POSITIVE_INFINITY
      : rateLimit.requests * Math.max(1, Math.ceil(seconds / rateLimit.windowSeconds));
  return {
    usual: byEndpoint(expectedLoad(plan, endpoints.length).requests, (each, share) => Math.min(share, allowed(each))),
    // A target need not enforce what it declares.
    most: byEndpoint(fastest + users, (_, share) => share),
    ...present({ grownBy: growthOf(Object.values(plan)) }),
  };
}

const isClosed = (shape: LoadShape) => modelOf(shape) === 'closed';

function growthOf(shapes: readonly LoadShape[]): ExpectedReplies['grownBy'] {
  if (shapes.some(({ kind }) => kind === 'scripted')) return undefined;
  if (shapes.some(isFixedWork)) return { setting: 'VUS', value: sum(shapes.filter(isClosed).map(peakOf)) };
  return { setting: 'DURATION', value: Math.max(...shapes.map(durationOf)) };
}

/** The DURATION that gives a shape as it is: the first of several stages is its ramp-up. */
function durationOf(shape: LoadShape): number {
  if (shape.kind === 'constant-users') return shape.durationSeconds;
  const seconds = plannedSeconds(shape) ?? 0;
  return 'stages' in shape && shape.stages.length > 1 ? seconds - (shape.stages[0]?.durationSeconds ?? 0) : seconds;
}
