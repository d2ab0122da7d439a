import type { Element } from 'hast';
import { s } from 'hastscript';
import type { Tone } from '../../core/spec/document/blocks.ts';
import { type ColourName, colour } from './colours.ts';

const COLOURS: Readonly<Record<Tone, ColourName>> = {
  good: 'chart-good',
  bad: 'chart-bad',
  caution: 'chart-caution',
  plain: 'chart-neutral',
};

interface BarPicture {
  readonly width: number;
  readonly height: number;
  readonly preserveAspectRatio?: 'none';
  readonly className?: string[];
}

/** A share as a bar that is full at 1, and no longer beyond it. What happened at all is seen. */
export function shareBar(share: number, tone: Tone, picture: BarPicture): Element {
  const { width, height } = picture;
  const length = share > 0 ? Math.max(1.5, Math.min(share, 1) * width) : 0;
  const rect = (wide: number, name: ColourName) =>
    s('rect', { width: Number(wide.toFixed(2)), height, fill: colour(name) });
  return s('svg', { ariaHidden: 'true', viewBox: `0 0 ${width} ${height}`, ...picture }, [
    rect(width, 'chart-grid'),
    rect(length, COLOURS[tone]),
  ]);
}
