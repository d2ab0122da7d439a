import { formatCount, formatDuration } from '../../spec/units.ts';
import { counted, named } from '../../spec/words.ts';
import type { RateLimitStudy } from './answer.ts';
import { describeMet } from './limit-text.ts';

export function headline({ declared, mostInWindow, met, bypasses, limited }: RateLimitStudy): string {
  const window = `${formatCount(mostInWindow)} were accepted in ${formatDuration(declared.windowSeconds)}, where ${formatCount(declared.requests)} are declared`;
  const open = bypasses.filter(({ state }) => state === 'open').map(({ way }) => way);
  const untold = bypasses.filter(({ state }) => state === 'unclear').length;
  const around =
    open.length > 0
      ? `It can be got around by ${named(open)}.`
      : bypasses.some(({ state }) => state === 'closed')
        ? `No way around it was found${untold === 0 ? '' : `; of ${counted(untold, 'way')} nothing can be told`}.`
        : untold === 0
          ? ''
          : 'Whether it can be got around cannot be told.';
  const is =
    limited === 0
      ? 'No request was limited'
      : met === undefined
        ? 'A limit is enforced, but not as a window or a bucket of fixed size'
        : `The limit that is met is ${describeMet(met)}`;
  return `${is}: ${window}. ${around}`.trim();
}
