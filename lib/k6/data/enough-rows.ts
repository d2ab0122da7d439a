import { UserError } from '../../core/spec/errors.ts';
import { counted } from '../../core/spec/words.ts';
import type { Data } from './data.ts';

/** What rows are wanted for. */
export interface Wanted {
  /** The most there can be at one time. */
  readonly users: number;
  readonly iterations: number | undefined;
}

/** @throws UserError where there would not be a row for each user, or for each iteration */
export function expectEnoughRows(
  { name, pick }: Pick<Data, 'name' | 'pick'>,
  rows: number,
  { users, iterations }: Wanted,
): void {
  if (pick === 'user' && rows < users) {
    throw new UserError({
      what: `The data "${name}" has fewer rows than there are users, of whom each has one of its own.`,
      received: `${counted(rows, 'row')} for ${counted(users, 'user')}`,
      expected: `at least ${counted(users, 'row')}; a warm-up and all streams of a plan have users of their own`,
      todo: 'add rows, plan fewer users or no warm-up (--warm-up 0), or say recycle: true where users may share a row',
    });
  }
  // One more is for the trial.
  if (pick === 'iteration' && iterations !== undefined && rows <= iterations) {
    throw new UserError({
      what: `The data "${name}" has fewer rows than there are iterations, of which each has one of its own.`,
      received: `${counted(rows, 'row')} for ${counted(iterations, 'iteration')}`,
      expected: `at least ${counted(iterations + 1, 'row')}: one is for the trial before the load`,
      todo: 'add rows, plan fewer iterations, or say recycle: true where rows may come again',
    });
  }
}
