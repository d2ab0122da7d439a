import type { Element } from 'hast';
import { h, s } from 'hastscript';
import type { Choice } from '../../core/spec/document/blocks.ts';
import type { SeriesRole } from '../../core/spec/document/chart.ts';
import { dashesOf, MOST_LINES, roleColour } from '../charts/roles.ts';
import { lines } from './html-layout.ts';
import { visibleText } from './visible-text.ts';

/** Boxes that a style sheet acts on without a script, each with its line, and the charts that they choose from. */
export function choiceHtml({ title, charts }: Choice, figures: readonly Element[]): Element {
  const { series = [], drawnAtFirst = series.length } = charts[0] ?? {};
  const boxes = series.map(({ name, role }, line) =>
    h('label', [
      h('input', { type: 'checkbox', value: String(line), checked: line < drawnAtFirst }),
      lineSample(role, line),
      h('span', visibleText(name)),
    ]),
  );
  return h('div', { className: ['choice'] }, [
    h('fieldset', [h('legend', visibleText(title)), ...lines(boxes)]),
    h('div', { className: ['charts'] }, lines(figures)),
  ]);
}

function lineSample(role: SeriesRole, line: number): Element {
  const dashes = dashesOf(line);
  return s('svg', { ariaHidden: 'true', viewBox: '0 0 34 8', width: 34, height: 8, className: ['sample'] }, [
    s('path', {
      d: 'M0 4H34',
      fill: 'none',
      stroke: roleColour(role),
      strokeWidth: 2,
      ...(dashes === 'solid' ? {} : { strokeDashArray: dashes.join(',') }),
    }),
  ]);
}

/** Which boxes show which lines. Where this is not known, those are drawn that the picture says. */
export const CHOICE_STYLE = Array.from(
  { length: MOST_LINES },
  (_, line) =>
    `.choice:has(input[value="${line}"]:checked) [data-line="${line}"] { visibility: visible; } .choice:has(input[value="${line}"]:not(:checked)) [data-line="${line}"] { visibility: hidden; }`,
).join('\n');
