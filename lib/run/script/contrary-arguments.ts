import { UserError } from '../../core/spec/errors.ts';
import type { LoadRequest } from '../load-request.ts';
import { type GivenArgument, isOff, optionsGiven } from './script-arguments.ts';

/** Options of k6 that ask for what its engine alone can give. */
const OF_ENGINE: readonly string[] = [
  'summary-export',
  'summary-trend-stats',
  'summary-time-unit',
  'new-machine-readable-summary',
];
const OFF_SWITCHES: readonly string[] = ['no-thresholds', 'no-summary'];
const OF_SEGMENT: readonly string[] = ['execution-segment', 'execution-segment-sequence'];

/**
 * Refuses what says to k6 the opposite of our own options.
 * @throws UserError that names each of it, and never a value
 */
export function refuseContraryArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  { flatMemory = false, part }: Pick<LoadRequest, 'flatMemory' | 'part'>,
): void {
  const given = optionsGiven(args, environment);
  const isOfSegment = ({ option }: GivenArgument) => OF_SEGMENT.includes(option);
  if (flatMemory)
    refuse(given.filter(asksForEngine), '--flat-memory', "turns off k6's engine, which makes its summary");
  if (part !== undefined) refuse(given.filter(isOfSegment), '--instance', 'says which part of the load k6 sends');
}

function asksForEngine({ option, value }: GivenArgument): boolean {
  return isOff(value) ? OFF_SWITCHES.includes(option) : OF_ENGINE.includes(option);
}

function refuse(contrary: readonly GivenArgument[], own: string, does: string): void {
  if (contrary.length === 0) return;
  const names = [...new Set(contrary.map(({ written }) => written))].join(', ');
  throw new UserError({
    what: `${own} and ${names} exclude each other: ${own} ${does}.`,
    expected: `${own}, or ${names}`,
    todo: `leave out ${names}`,
  });
}
