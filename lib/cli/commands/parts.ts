import { UserError } from '../../core/spec/errors.ts';
import { kindOfText } from '../../core/spec/shown.ts';
import { parseDurationSeconds } from '../../core/spec/units.ts';
import type { RunPart } from '../../run/complete-summary.ts';

/** What the command line says of a load in parts: parts at the same time, or parts one after another. */
export interface PartOptions {
  readonly instance?: string;
  readonly runId?: string;
  readonly segment?: string;
}

/** How long each of the consecutive parts is. @throws UserError for parts that make no sense */
export function segmentOf({ segment, instance }: PartOptions): number | undefined {
  if (segment === undefined) return undefined;
  if (instance !== undefined) {
    throw new UserError({
      what: '--segment and --instance exclude each other.',
      received: '--segment and --instance',
      expected: 'one of the two: chunks one after another, or shards at the same time',
    });
  }
  const segmentSeconds = parseDurationSeconds(segment, '--segment');
  if (segmentSeconds >= 1) return segmentSeconds;
  throw new UserError({
    what: '--segment is too short.',
    received: kindOfText(segment),
    expected: 'at least 1s, such as 30m',
  });
}

const MOST_INSTANCES = 1000;

/** Which of several k6 processes this one is. @throws UserError for one that cannot be */
export function partOf({ instance: text, runId }: PartOptions): RunPart | undefined {
  if (text === undefined && runId === undefined) return undefined;
  if (text === undefined || runId === undefined) {
    throw new UserError({
      what: '--instance and --run-id belong together.',
      received: text === undefined ? '--run-id alone' : '--instance alone',
      expected: 'both: which of how many processes this is, and the run that they share',
    });
  }
  const [, instance, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (instance === undefined || of === undefined || instance < 1 || of < 2 || instance > of || of > MOST_INSTANCES) {
    throw new UserError({
      what: '--instance is not one of several.',
      received: kindOfText(text),
      expected: `<i>/<n>, such as 2/4, with n from 2 to ${MOST_INSTANCES}`,
    });
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(runId)) {
    throw new UserError({
      what: '--run-id cannot name a folder.',
      received: kindOfText(runId),
      expected: 'letters, digits, dots, dashes and underscores',
    });
  }
  return { instance, of, runId };
}
