import { describeK6Options, type K6Options } from '../core/spec/k6-options.ts';

/** `plan: timed against short`; undefined where both are the same. */
export function differs(what: string, a: string, b: string): string | undefined {
  return a === b ? undefined : `${what}: ${a} against ${b}`;
}

export function optionsText(options: K6Options | undefined): string {
  return options === undefined ? 'none' : describeK6Options(options);
}
