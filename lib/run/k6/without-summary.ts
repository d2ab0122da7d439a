import { EXIT, isOwnReason } from '../../core/spec/exit-codes.ts';
import type { K6End } from './k6-process.ts';

type End = Pick<K6End, 'exitCode' | 'signal'>;

/** `ended with exit code 107`. */
export function howEnded({ exitCode, signal }: End): string {
  return signal === undefined ? `ended with exit code ${exitCode}` : `was killed by ${signal}`;
}

/**
 * Of a run of which k6 left nothing to judge: its own exit code says why, unless it claims that all was well.
 * @param isStopped whether somebody wanted us to end
 */
export function exitCodeWithoutSummary({ exitCode, signal }: End, isStopped: boolean): number {
  // A k6 that SIGINT kills has not even begun to listen to it.
  if (isStopped && exitCode === undefined) return signal === 'SIGINT' ? EXIT.interrupted : EXIT.aborted;
  return exitCode !== undefined && isOwnReason(exitCode) ? exitCode : EXIT.noSummary;
}
