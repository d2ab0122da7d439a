import { formatFigure, formatMs, withoutZeros } from '../../spec/units.ts';
import type { DriftRow } from './answer.ts';

const FIGURES: Readonly<Record<DriftRow['figure'], string>> = {
  p95: 'p95',
  failures: 'failures',
  memory: 'memory',
  connections: 'open connections',
};

export function figureName(figure: DriftRow['figure']): string {
  return FIGURES[figure];
}

/** An amount in the unit of a drift. */
export function formatDrift({ unit }: Pick<DriftRow, 'unit'>, value: number): string {
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  switch (unit) {
    case 'ms':
      return `${sign}${formatMs(size)}`;
    case 'share':
      return `${sign}${withoutZeros(formatFigure(size * 100))} pp`;
    case 'bytes':
      return `${sign}${withoutZeros(formatFigure(size / 1024 ** 2))} MiB`;
    case 'count':
      return `${sign}${withoutZeros(formatFigure(size))}`;
  }
}

/** An amount that is worked out for an hour from a shorter time: two digits of it are true. */
export function formatAbout(drift: Pick<DriftRow, 'unit'>, value: number): string {
  const unit = drift.unit === 'bytes' ? 1024 ** 2 : drift.unit === 'share' ? 0.01 : 1;
  return formatDrift(drift, Number((value / unit).toPrecision(2)) * unit);
}
