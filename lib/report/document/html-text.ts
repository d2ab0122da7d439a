import type { ElementContent } from 'hast';
import { h, s } from 'hastscript';
import type { Inline, Text, Tone } from '../../core/spec/document/blocks.ts';
import { colour } from './colours.ts';
import { safeLink } from './safe-link.ts';
import { visibleText } from './visible-text.ts';

export function inlineHtml(text: Text): ElementContent[] {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.map(partHtml);
}

function partHtml(part: Inline): ElementContent {
  if (typeof part === 'string') return { type: 'text', value: visibleText(part) };
  if ('code' in part) return h('code', withBreaks(visibleText(part.code)));
  if ('strong' in part) return h('strong', visibleText(part.strong));
  if ('judged' in part) return { type: 'text', value: visibleText(part.judged) };
  const href = safeLink(part.link);
  if (href === undefined) return { type: 'text', value: visibleText(part.text) };
  return h('a', { href, rel: ['noopener', 'noreferrer'] }, visibleText(part.text));
}

/** Long paths break behind a slash, if they must. */
function withBreaks(path: string): ElementContent[] {
  return path
    .split(/(?<=[\p{L}\p{N}}]\/)/u)
    .flatMap((part, i) => [...(i === 0 ? [] : [h('wbr')]), { type: 'text', value: part } as const]);
}

const MARKS = {
  good: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.4 4.2L7 9.6 4.6 7.2 3.5 8.3 7 11.8l5.5-5.5Z',
  bad: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM5.6 4.5 4.5 5.6 6.9 8l-2.4 2.4 1.1 1.1L8 9.1l2.4 2.4 1.1-1.1L9.1 8l2.4-2.4-1.1-1.1L8 6.9Z',
  caution: 'M8 1.2 15.4 14.5H.6ZM7.2 5.6l.2 4.2h1.2l.2-4.2ZM7.2 11v1.6h1.6V11Z',
} as const;

/** A picture of the tone, told apart by its shape and not by its colour alone. */
export function toneMark(tone: Tone | undefined, size: number): ElementContent[] {
  if (tone === undefined || tone === 'plain') return [];
  return [
    s('svg', { className: ['mark'], role: 'img', ariaLabel: tone, viewBox: '0 0 16 16', width: size, height: size }, [
      s('path', { d: MARKS[tone], fill: colour(tone), fillRule: 'evenodd' }),
    ]),
    { type: 'text', value: ' ' },
  ];
}
