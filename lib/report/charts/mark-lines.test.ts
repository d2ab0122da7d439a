import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heightOfWords, placedMarks } from './mark-lines.ts';
import { estimatedWidth } from './picture.ts';
import { scaleFor } from './scale.ts';

const PLOT = { left: 40, width: 300 };
const seconds = (last: number) => scaleFor({ title: 'Time', scale: 'linear', unit: 'seconds' }, [0, last], true);

describe('marks of a chart', () => {
  it('stand where they belong, with their words beside them', () => {
    const marks = [
      { x: 0, text: 'start: 5 users' },
      { x: 30, text: '50 users' },
    ];
    expect(placedMarks(marks, seconds(60), PLOT)).toEqual([
      { left: 40, words: { text: 'start: 5 users', left: 40, row: 0 } },
      { left: 190, words: { text: '50 users', left: 190, row: 0 } },
    ]);
  });

  it('have their words within the plot at its right end', () => {
    const [mark] = placedMarks([{ x: 60, text: 'drain' }], seconds(60), PLOT);
    expect(mark?.left).toBe(340);
    expect(mark?.words?.left).toBe(340 - estimatedWidth('drain'));
  });

  it('are in a second row where the first has no room, and without words where none has: start and end go first', () => {
    const marks = [0, 5, 10].map((x) => ({
      x,
      text: 'a very long word',
      ...(x === 10 ? { isMain: true as const } : {}),
    }));
    expect(placedMarks(marks, seconds(60), PLOT).map(({ words }) => words?.row)).toEqual([1, undefined, 0]);
  });

  it('are not drawn where the axis has no place, and once where two are too near to be told apart', () => {
    const marks = [-5, 10, 10.1, 70].map((x) => ({ x, text: `${x}` }));
    expect(placedMarks(marks, seconds(60), PLOT).map(({ words }) => words?.text)).toEqual(['10']);
  });

  it('never stand on each other, however many there are', () => {
    const anyMark = fc.record({
      x: fc.integer({ min: 0, max: 600 }),
      text: fc.string({ minLength: 1, maxLength: 30 }),
    });
    fc.assert(
      fc.property(fc.array(anyMark, { maxLength: 60 }), (marks) => {
        const placed = placedMarks(marks, seconds(600), PLOT);
        expect(heightOfWords(placed)).toBeLessThanOrEqual(30);
        const words = placed.flatMap((mark) => mark.words ?? []).sort((a, b) => a.row - b.row || a.left - b.left);
        for (const [i, { row, left }] of words.slice(1).entries()) {
          const before = words[i];
          if (before?.row === row) expect(left).toBeGreaterThan(before.left + estimatedWidth(before.text));
        }
      }),
    );
  });
});
