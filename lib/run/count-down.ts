import { formatDuration } from '../core/spec/units.ts';
import type { Terminal } from '../results/terminal.ts';
import type { Interruption } from './interruption.ts';

const TICK_MS = 1000;

/**
 * Waits, and says how much longer on a terminal.
 * @param why what the wait is for: `Plan 2 of 3`
 * @returns false where somebody wants us to end
 */
export async function countDown(
  seconds: number,
  why: string,
  { live }: Pick<Terminal, 'live'>,
  { pause }: Pick<Interruption, 'pause'>,
): Promise<boolean> {
  if (live === undefined) return pause(seconds);
  const endsAtMs = performance.now() + seconds * 1000;
  const tell = () => live(`${why} in ${formatDuration(Math.max(0, Math.ceil((endsAtMs - performance.now()) / 1000)))}`);
  tell();
  const ticking = setInterval(tell, TICK_MS);
  try {
    return await pause(seconds);
  } finally {
    clearInterval(ticking);
    live(undefined);
  }
}
