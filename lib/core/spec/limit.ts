import type { Waiver } from './waiver.ts';

/** A crossed `fail` fails the run; a crossed `warn` is shown, and decides nothing. */
export type Level = 'fail' | 'warn';

/** A number, or a number with what happens when it does not hold. */
export type Limit =
  | number
  | {
      readonly limit: number;
      /** @default 'fail' */
      readonly level?: Level;
      readonly waiver?: Waiver;
    };
