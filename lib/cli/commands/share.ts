import { UserError } from '../../core/spec/errors.ts';
import { kindOfText } from '../../core/spec/shown.ts';

/** Reads a share as people write one on a command line. @throws UserError for anything else */
export function parseShare(name: string): (text: string) => number {
  return (text) => {
    const share = Number(text);
    if (/^0?\.\d+$/.test(text) && share > 0 && share < 1) return share;
    throw new UserError({
      what: `${name} is not a share.`,
      received: kindOfText(text),
      expected: 'a number above 0 and below 1, such as 0.05 for 5 %',
    });
  };
}
