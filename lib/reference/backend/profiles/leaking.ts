import { setTimeout as sleep } from 'node:timers/promises';
import { declaredReplies } from './declared-replies.ts';
import type { Profile, Surroundings } from './profile.ts';

/** What each request leaves behind, for ever. */
const LEAKED_BYTES = 64 * 1024;
/** How much slower each request is than the one before. */
const SLOWER_MS = 0.05;

/** Answers as it should, keeps something of every request, and gets slower with everything it keeps. */
export function leaking({ timeScale }: Surroundings): Profile {
  const replies = declaredReplies();
  const kept: Buffer[] = [];
  return {
    answer: async (id) => {
      // Filled, since memory that was never written to is not in use.
      kept.push(Buffer.alloc(LEAKED_BYTES, 1));
      await sleep(kept.length * SLOWER_MS * timeScale);
      return replies[id];
    },
  };
}
