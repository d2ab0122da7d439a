import { formatDuration } from '../../spec/units.ts';
import { named } from '../../spec/words.ts';
import type { SoakStudy } from './answer.ts';
import { figureName, formatDrift } from './drift-text.ts';

export function headline({ drifts, seconds }: SoakStudy): string {
  const claimed = drifts.filter(({ isClaimed }) => isClaimed);
  const over = `over ${formatDuration(Math.round(seconds))}`;
  if (claimed.length === 0) {
    return `No drift is supported by the data ${over}: ${named(drifts.map(({ figure }) => figureName(figure)))} were looked at.`;
  }
  return `${named(claimed.map((drift) => `${figureName(drift.figure)} ${drift.perHour > 0 ? 'rises' : 'falls'} by ${formatDrift(drift, Math.abs(drift.perHour))} per hour`))} ${over}.`;
}
