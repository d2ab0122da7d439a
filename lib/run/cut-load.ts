import { UserError } from '../core/spec/errors.ts';
import { formatDuration } from '../core/spec/units.ts';
import { named } from '../core/spec/words.ts';
import type { Relay } from './hand-over.ts';
import type { PreparedScenario } from './prepare-scenarios.ts';

/** A load in equal parts. */
export type Cut = Relay;

const MOST_PARTS = 1000;

/** Equal parts, none longer than asked for. @throws UserError for a load that is not the same all the time */
export function cutOf({ name, facts }: PreparedScenario, segmentSeconds: number): Cut {
  const { isSteady, expected, usesUp } = facts;
  if (isSteady !== true) {
    throw new UserError({
      what: `The load of ${name} cannot be sent in chunks: it is not constant.`,
      received: `--segment, plan ${facts.plan}`,
      expected: 'a plan of constant users or constant arrivals, without ramp-up and warm-up, such as that of soak',
    });
  }
  if (usesUp !== undefined) {
    throw new UserError({
      what: `The load of ${name} cannot be sent in chunks: each would begin with the first row of ${named(usesUp)}.`,
      received: '--segment, and data of which no row comes twice (pick: "iteration")',
      expected: 'recycle: true, another pick, or one k6 for the whole load',
    });
  }
  const parts = Math.ceil(expected.seconds / segmentSeconds);
  const secondsEach = expected.seconds / parts;
  if (parts < 2 || parts > MOST_PARTS || secondsEach < 1) {
    throw new UserError({
      what: '--segment does not divide the load.',
      received: `chunks of ${formatDuration(segmentSeconds)} for a load of ${formatDuration(expected.seconds)}`,
      expected: `from 2 to ${MOST_PARTS} chunks of at least 1s`,
    });
  }
  return { parts, secondsEach };
}
