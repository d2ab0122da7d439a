import { describe, expect, it } from 'vitest';
import { parseProgress } from './k6-progress.ts';
import { progressDisplay } from './show-progress.ts';

const at = (second: number) =>
  parseProgress(`running (${second}.1s), 5/5 VUs, ${second} complete and 0 interrupted iterations`) ??
  expect.fail('no progress');

function shown(expectedSeconds: number, seconds: readonly number[], isTerminal = false): (string | undefined)[] {
  const lines: (string | undefined)[] = [];
  const write = (line: string | undefined) => void lines.push(line);
  const terminal = { print: write, say: write, annotate: write, hasColour: false };
  const display = progressDisplay(isTerminal ? { ...terminal, live: write } : terminal, expectedSeconds);
  for (const second of seconds) display.show(at(second));
  display.end();
  return lines;
}

const told = (second: number) => `running (${second}s), 5/5 users, ${second} complete and 0 interrupted iterations`;
const seconds = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('progress in a log', () => {
  it.each<[string, number, number, readonly number[]]>([
    ['each tenth of a load', 40, 12, [1, 5, 9, 12]],
    ['each half minute of a long one', 36_000, 70, [1, 31, 61, 70]],
    ['each second of a short one', 2, 3, [1, 2, 3]],
    ['each second of one that is not known to take any', 0, 2, [1, 2]],
  ])('is told for %s, and at the end', (_, expected, lasted, lines) => {
    expect(shown(expected, seconds(lasted))).toEqual(lines.map(told));
  });
});

it('progress on a terminal is one line, which is gone in the end', () => {
  expect(shown(100, [1, 2, 3], true)).toEqual([told(1), told(2), told(3), undefined]);
});
