import type { EndpointId } from '../../endpoints/index.ts';
import { declaredReplies } from './declared-replies.ts';
import type { Profile, ServiceReply, Surroundings } from './profile.ts';
import { type HoldTime, WorkerPool } from './worker-pool.ts';

/** Each with its database connection. Fewer than users who keep asking, or nobody would have to wait. */
const WORKERS = 30;
/** How long an ordinary request holds its worker. This and all times below are those of `--time-scale 1`. */
const SERVICE_MS = 20;
/** Longer than the 30 s that clients wait, so that workers go on being held for clients who have gone. */
const HANG_MS = 35_000;
/** With more requests than these in the house, the endpoints that can hang do. */
const HARMLESS_IN_HOUSE = 2;
const STALL_MS = 7_000;
const FATAL_STALL = 4;

const HANG_IN_A_CROWD: ReadonlySet<EndpointId> = new Set(['system-processes', 'system-network']);
const NO_SUCH_ROUTE: ServiceReply = { status: 404, body: JSON.stringify({ detail: 'Not Found' }) };

/**
 * The backend of LOAD-CONCURRENT-001. The limiter, and the route that `/api/health` does not have, answer without a
 * worker; every other request holds one of 30 workers for 20 ms, so at rest and in a burst all is well. But
 * `system-processes` and `system-network` block theirs for 35 s when more than two requests are in the house: after 30
 * of them there is no worker left, and whoever comes waits until the client's timeout. Workers that have all been held
 * for 7 s, without one coming free, while somebody waits, are a stall. Each ends with its hangs, and the pool works
 * again for a moment; the process survives three and dies in the fourth. Under 50 users who keep asking that is after
 * 3 × 35 + 7 s, before their fourth timeout of 30 s and with a quarter of their 50 requests each done.
 */
export function report({ timeScale, crash }: Surroundings): Profile {
  const replies: Record<EndpointId, ServiceReply> = declaredReplies();
  const ordinary: HoldTime = () => SERVICE_MS * timeScale;
  const hangingInACrowd: HoldTime = (inHouse) => (inHouse > HARMLESS_IN_HOUSE ? HANG_MS : SERVICE_MS) * timeScale;

  let stalls = 0;
  const pool = new WorkerPool({
    workers: WORKERS,
    stallMs: STALL_MS * timeScale,
    onStall: () => {
      stalls += 1;
      if (stalls === FATAL_STALL) crash();
    },
  });

  return {
    answer: async (id, caller) => {
      if (id === 'health') return NO_SUCH_ROUTE;
      await pool.work(caller, HANG_IN_A_CROWD.has(id) ? hangingInACrowd : ordinary);
      return replies[id];
    },
  };
}
