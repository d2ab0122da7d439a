import { NOT_MEASURED } from '../../core/spec/document/cells.ts';
import type { Axis, LineChart } from '../../core/spec/document/chart.ts';
import { formatCount, formatDuration, formatFigure, formatMs, formatRate, formatShare } from '../../core/spec/units.ts';
import type { Picture, Reading } from './picture.ts';
import type { Scale } from './scale.ts';

/** Of more places, every second or third: nobody points at a pixel. */
const MOST_READINGS = 50;

/** The values of all lines, place by place. @param plot where the lines are, in the units of the picture */
export function readingsOf(
  chart: LineChart,
  scale: Scale,
  plot: { readonly left: number; readonly width: number },
): NonNullable<Picture['readings']> {
  const { crosses } = chart;
  const lines = [
    ...chart.series.map(({ name, points }) => ({ name, at: new Map(points), axis: chart.y })),
    ...(crosses === undefined ? [] : [{ name: crosses.name, at: new Map(crosses.points), axis: COUNT }]),
  ];
  const all = lines.flatMap(({ at }) => [...at.keys()]);
  const places = [...new Set(all.filter(Number.isFinite))].sort((a, b) => a - b);
  const stride = Math.ceil(places.length / MOST_READINGS);
  return {
    names: lines.map(({ name }) => name),
    places: places
      .filter((_, i) => i % stride === 0 || i === places.length - 1)
      .flatMap((x): Reading[] => {
        const at = scale.position(x);
        if (at === undefined || scale.max <= scale.min) return [];
        const left = plot.left + ((at - scale.min) / (scale.max - scale.min)) * plot.width;
        const values = lines.map((line) => valueText(line.at.get(x), line.axis));
        return [{ x, left: Number(left.toFixed(1)), place: placeText(x, chart.x), values }];
      }),
  };
}

const COUNT = { unit: 'count' } as const;

function valueText(value: number | undefined, { unit }: Pick<Axis, 'unit'>): string {
  if (value === undefined || !Number.isFinite(value)) return NOT_MEASURED;
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 'seconds':
      return formatDuration(value);
    case 'share':
      return formatShare(value);
    case 'per second':
      return formatRate(value);
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : formatFigure(value, 3);
  }
}

/** `12s (21:21:43 UTC)`. */
function placeText(x: number, axis: Axis): string {
  if (axis.scale === 'percentile') return `p${Number((x * 100).toFixed(3))}`;
  const place = valueText(x, axis);
  const start = axis.startedAt === undefined ? Number.NaN : Date.parse(axis.startedAt);
  return axis.unit === 'seconds' && !Number.isNaN(start)
    ? `${place} (${new Date(start + x * 1000).toISOString().slice(11, 19)} UTC)`
    : place;
}
