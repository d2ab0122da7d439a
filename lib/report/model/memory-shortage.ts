import type { GeneratorHost } from '../../core/judge/run-summary.ts';
import type { RunEvidence } from './evidence.ts';

/** Less than this is what the kernel needs to go on, and at most this share of a small machine. */
const NEAR_ZERO_BYTES = 256 * 1024 ** 2;
const NEAR_ZERO_SHARE = 0.03;
/** Swapping is a sign of shortage only where little is available: idle pages are swapped out anyway. */
const LITTLE_SHARE = 0.1;
const MUCH_SWAP_BYTES = 64 * 1024 ** 2;
const NEAR_LIMIT_SHARE = 0.9;
/** Of a k6 that was killed: what it took after the last look is not known. */
const NEAR_LIMIT_IF_KILLED = 0.75;

/** Why the machine that made the load was short of memory, the most telling first; empty where it was not, or nothing is known. */
export function memoryShortageOf({ host, verdict, k6ExitCode, source }: RunEvidence): string[] {
  const { memory, memoryBytes = 0 }: Partial<GeneratorHost> = host ?? {};
  if (memory === undefined) return [];
  const { leastAvailableBytes, swapGrownBytes = 0, limitBytes = 0, mostOfLimitBytes = 0 } = memory;
  const wasKilled = source === 'k6-verdict' && verdict === 'incomplete' && k6ExitCode === undefined;
  const isLittle = leastAvailableBytes < LITTLE_SHARE * memoryBytes;
  const isNearZero = leastAvailableBytes < Math.min(NEAR_ZERO_BYTES, NEAR_ZERO_SHARE * memoryBytes);
  const isNearLimit =
    limitBytes > 0 && mostOfLimitBytes >= (wasKilled ? NEAR_LIMIT_IF_KILLED : NEAR_LIMIT_SHARE) * limitBytes;
  const signs = [
    isNearLimit && `its container used ${mebibytes(mostOfLimitBytes)} of the ${mebibytes(limitBytes)} that it may use`,
    (isNearZero || (wasKilled && isLittle)) &&
      `${mebibytes(leastAvailableBytes)} of ${mebibytes(memoryBytes)} were available at the least`,
    isLittle && swapGrownBytes >= MUCH_SWAP_BYTES && `${mebibytes(swapGrownBytes)} went to swap during the run`,
  ].filter((text) => typeof text === 'string');
  return signs.length > 0 && wasKilled ? [...signs, 'k6 was killed by a signal'] : signs;
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
