import { UserError } from '../../core/spec/errors.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';

/** What is said where a k6 without our recorder cannot do. @param what what needs it, and why */
export function needsRecorder(what: string, { path: program }: Pick<K6Binary, 'path'>): UserError {
  return new UserError({
    what,
    received: `${program}, a k6 without the recorder`,
    expected: 'the k6 that k6-verdict builds with Go',
    todo: 'unset K6_BIN, or install Go where there is none; npm run k6:which says which k6 is used',
  });
}
