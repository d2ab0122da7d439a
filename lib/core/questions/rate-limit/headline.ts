import { formatCount, formatDuration } from '../../spec/units.ts';
import { counted, named } from '../../spec/words.ts';
import type { RateLimitStudy } from './answer.ts';
import { describeMet } from './limit-text.ts';

export function headline({ declared, mostInWindow, met, bypasses, limited }: RateLimitStudy): string {
  const window = `${formatCount(mostInWindow)} requests were accepted within ${formatDuration(declared.windowSeconds)}; ${formatCount(declared.requests)} are declared`;
  const open = bypasses.filter(({ state }) => state === 'open').map(({ way }) => way);
  const untold = bypasses.filter(({ state }) => state === 'unclear').length;
  const around =
    open.length > 0
      ? `It can be bypassed by ${named(open)}.`
      : bypasses.some(({ state }) => state === 'closed')
        ? `No bypass was found${untold === 0 ? '' : `; of ${counted(untold, 'way')} gave no result`}.`
        : untold === 0
          ? ''
          : 'Not known whether it can be bypassed.';
  const is =
    limited === 0
      ? 'No request was limited'
      : met === undefined
        ? 'A limit is enforced, but not as a window or a bucket of fixed size'
        : `Enforced: ${describeMet(met)}`;
  return `${is}: ${window}. ${around}`.trim();
}
