import type { Tone } from '../../core/spec/document/blocks.ts';

/** What stands before a judged text, so that its colour is not all that tells. */
export const TONE_MARKS: Readonly<Record<Tone, string>> = { good: '✅', bad: '❌', caution: '⚠️', plain: '' };

export function marked(tone: Tone | undefined, text: string): string {
  const mark = TONE_MARKS[tone ?? 'plain'];
  return mark === '' ? text : `${mark} ${text}`;
}
