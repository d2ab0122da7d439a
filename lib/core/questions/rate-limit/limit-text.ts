import { formatCount, formatDuration } from '../../spec/units.ts';
import type { LimitModel } from './limit-models.ts';

/** `60 per 1m (sliding-window)`. */
export function describeMet({ requests, windowSeconds, algorithm, orElse = [] }: LimitModel): string {
  return `${formatCount(requests)} per ${formatDuration(windowSeconds)} (${[algorithm, ...orElse].join(' or ')})`;
}
