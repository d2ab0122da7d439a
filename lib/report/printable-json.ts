/**
 * A value as JSON that can be printed anywhere, and reads back as it was: what a terminal or a CI runner would obey
 * (control and bidi characters, `##[error]`) stands there as escapes.
 */
export function printableJson(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent)
    .replace(
      /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
      (character) => [...Array(character.length).keys()].map((i) => escaped(character.charCodeAt(i))).join(''),
    )
    .replace(/##(?=\w*\[)/g, `#${escaped(0x23)}`);
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
