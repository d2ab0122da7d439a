import { formatDuration, formatMs } from '../../spec/units.ts';
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
    return `Recovery not proven: probes are good again ${formatDuration(goodAgainAfterSeconds)} after the end of ${lasted} of overload, but too few followed to be sure.`;
  }
  if (recoveredAfterSeconds === undefined) {
    return `No recovery within ${formatDuration(watchedSeconds)} of the end of ${lasted} of overload${broken.length > 0 ? `: ${named(broken)} ${broken.length === 1 ? 'is' : 'are'} still slow or failing` : ''}.`;
  }
  if (recoveredAfterSeconds === 0) return `Recovered as soon as ${lasted} of overload ended.`;
  return `Recovered ${formatMs(recoveredAfterSeconds * 1000)} after the end of ${lasted} of overload.`;
}
