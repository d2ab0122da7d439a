import type { Element, ElementContent } from 'hast';
import { s } from 'hastscript';
import { present } from '../../core/spec/present.ts';
import { visibleText } from '../document/visible-text.ts';
import { FONT_SIZE } from './picture.ts';
import { paintedLine } from './roles.ts';

/** What the SVG painter of ECharts hands out. */
export interface SvgNode {
  readonly tag: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly children?: readonly (SvgNode | null | undefined | false)[] | null;
  readonly text?: string;
}

/**
 * Everything else is left out: ids and classes, which count up with every chart drawn, styles, which a strict
 * Content-Security-Policy blocks, and handles for a mouse.
 */
const KEPT_ATTRIBUTES = new Set([
  'd',
  'x',
  'y',
  'width',
  'height',
  'transform',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'text-anchor',
  'dominant-baseline',
]);

/** The picture as SVG that draws the same with or without a style sheet, and has the same bytes every time. */
export function cleanSvg(
  drawn: SvgNode,
  size: { readonly width: number; readonly height: number },
  label: string,
): Element {
  return s(
    'svg',
    {
      role: 'img',
      ariaLabel: visibleText(label),
      viewBox: `0 0 ${size.width} ${size.height}`,
      width: size.width,
      height: size.height,
      fontSize: FONT_SIZE,
      fontFamily: 'system-ui, sans-serif',
    },
    (drawn.children ?? []).flatMap(cleanNode),
  );
}

function cleanNode(node: SvgNode | null | undefined | false): ElementContent[] {
  if (!node || isInvisible(node)) return [];
  const children = (node.children ?? []).flatMap(cleanNode);
  // Groups are there for clip paths only.
  if (node.tag === 'g') return children;
  if (node.tag !== 'path' && node.tag !== 'rect' && node.tag !== 'text') return [];
  return [s(node.tag, attributesOf(node), [...children, ...(node.text === undefined ? [] : [visibleText(node.text)])])];
}

function attributesOf({ tag, attrs = {} }: SvgNode): Record<string, string> {
  const kept = Object.entries(attrs).filter(([name]) => KEPT_ATTRIBUTES.has(name));
  const line = [attrs.stroke, attrs.fill].map((paint) => paintedLine(String(paint))).find((each) => each !== undefined);
  const font = /font-size:([\d.]+)px/.exec(String(attrs.style ?? ''))?.[1];
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, paintedLine(String(value))?.colour ?? String(value)])),
    // A style sheet goes before this attribute.
    ...present({ 'data-line': line?.line, visibility: line?.isDrawn === false ? 'hidden' : undefined }),
    ...(tag === 'text' && font !== undefined && Number(font) !== FONT_SIZE ? { 'font-size': font } : {}),
  };
}

function isInvisible({ tag, attrs = {}, text }: SvgNode): boolean {
  if (tag === 'text') return text === undefined || text === '';
  if (tag !== 'path' && tag !== 'rect') return false;
  if (attrs.d === '') return true;
  const isUnfilled = attrs.fill === 'none' || attrs['fill-opacity'] === 0;
  const isUnstroked = attrs.stroke === undefined || attrs.stroke === 'none' || attrs['stroke-width'] === 0;
  return isUnfilled && isUnstroked;
}
