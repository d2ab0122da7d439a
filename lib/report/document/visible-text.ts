/**
 * Text from outside without what cannot be seen but changes what is: control characters, lone surrogates, and the
 * characters that turn the direction of writing, with which `fail` can be made to read like something else.
 */
export function visibleText(text: string): string {
  return visibleLines(text).replace(/\s+/gu, ' ');
}

/** The same for text whose lines and indents matter, such as code. */
export function visibleLines(text: string): string {
  return withoutHidden(text.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n'));
}

/** Control characters but line breaks and tabs become spaces; what turns the direction of writing, or tags it, goes. */
export function withoutHidden(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\t]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Long names cut for places of a fixed width. */
export function shortened(text: string, length: number): string {
  const characters = [...visibleText(text)];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}

/** The same for paths, which often differ only in how they end. */
export function shortenedInside(text: string, length: number): string {
  const characters = [...visibleText(text)];
  if (characters.length <= length) return characters.join('');
  const kept = length - 1;
  return `${characters.slice(0, Math.ceil(kept / 2)).join('')}…${characters.slice(-Math.floor(kept / 2)).join('')}`;
}
