import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { visibleText } from './visible-text.ts';

/** Each on a line of its own, so that a report can be compared line by line. */
export function lines(elements: readonly ElementContent[]): ElementContent[] {
  return elements.flatMap((element) => [{ type: 'text', value: '\n' } as const, element]);
}

/** What may be wider than a phone scrolls by itself, by keyboard too. */
export function scrollRegion(name: string, content: readonly ElementContent[]): Element {
  return h('div', { className: ['scroll'], role: 'region', ariaLabel: visibleText(name), tabIndex: 0 }, [...content]);
}
