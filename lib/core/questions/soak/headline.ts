import { formatDuration } from '../../spec/units.ts';
import { named } from '../../spec/words.ts';
import type { SoakStudy } from './answer.ts';
import { figureName, formatAbout } from './drift-text.ts';
import { describeChange, growthPerHour } from './growth.ts';

export function headline(study: SoakStudy): string {
  const { drifts, seconds } = study;
  const claimed = drifts.filter(({ isClaimed }) => isClaimed);
  const over = `over ${formatDuration(Math.round(seconds))}`;
  if (claimed.length > 0) {
    const changes = claimed.map(
      (drift) =>
        `${figureName(drift.figure)} ${drift.perHour > 0 ? 'rose' : 'fell'} from ${describeChange(drift, study)} (about ${formatAbout(drift, Math.abs(drift.perHour))} per hour)`,
    );
    return `${named(changes)}, ${over} of constant load.`;
  }
  if (drifts.length === 0) return `No drift can be measured ${over}: there are too few values.`;
  const possible = drifts.map((drift) => {
    const [low, high] = growthPerHour(drift, study);
    return `${figureName(drift.figure)} ${formatAbout(drift, low)} to ${formatAbout(drift, high)}`;
  });
  return `No drift was seen ${over}. Possible drift per hour: ${named(possible)}.`;
}
