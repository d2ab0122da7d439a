import { formatDuration } from '../../spec/units.ts';
import { named } from '../../spec/words.ts';
import type { RecoveryStudy } from './answer.ts';

export function headline({
  recoveredAfterSeconds,
  goodAgainAfterSeconds,
  watchedSeconds,
  endpoints,
  overload,
}: RecoveryStudy): string {
  const broken = endpoints.filter(({ isBroken }) => isBroken).map(({ endpoint }) => endpoint);
  const lasted = formatDuration(overload.toSeconds - overload.fromSeconds);
  if (goodAgainAfterSeconds !== undefined) {
    return `It was not back when the watch was nearly over: probes are good again from ${formatDuration(goodAgainAfterSeconds)} after the end of ${lasted} of overload, and too few to say that it has come back.`;
  }
  if (recoveredAfterSeconds === undefined) {
    return `It did not come back within ${formatDuration(watchedSeconds)} of the end of ${lasted} of overload${broken.length > 0 ? `: ${named(broken)} ${broken.length === 1 ? 'is' : 'are'} still not as before` : ''}.`;
  }
  if (recoveredAfterSeconds === 0) return `It was as before as soon as ${lasted} of overload ended.`;
  return `It was as before ${recoveredAfterSeconds.toFixed(1)} s after the end of ${lasted} of overload.`;
}
