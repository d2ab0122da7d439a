/** How long before its turn the next process is started. */
const LEAD_SECONDS = 15;
/** From letting k6 go to its first request: measured. */
const START_MS = 4;

/** Parts of a load, one after another, each sent by a process of its own. */
export interface Relay {
  readonly parts: number;
  readonly secondsEach: number;
}

/** One process of a relay, started and waiting. Whatever waits for it ends when the process does. */
export interface Runner {
  /** @returns false if it ended before it was ready to be let go */
  readonly untilReady: () => Promise<boolean>;
  /** Waits until a time. @returns false if it ended before */
  readonly until: (atMs: number) => Promise<boolean>;
  readonly letGo: () => Promise<void>;
  /** @returns when its load began, by the clock; undefined if it ended before */
  readonly startOfLoad: () => Promise<number | undefined>;
}

/**
 * Starts each process shortly before its turn, and lets it go in the moment in which the load of the one before ends.
 * A process that ends before its load is over was aborted, or died: those after it would only prolong it, and are not
 * started.
 *
 * @param start prepares and starts the process of a part; undefined where nothing more is to be started
 */
export async function handOver(
  { parts, secondsEach }: Relay,
  start: (part: number) => Promise<Runner | undefined>,
): Promise<void> {
  const leadMs = Math.min(LEAD_SECONDS, secondsEach / 2) * 1000;
  let turnAtMs: number | undefined;
  for (let part = 1; part <= parts; part += 1) {
    const runner = await start(part);
    if (runner === undefined) return;
    const beganAtMs = await takeTurn(runner, turnAtMs);
    if (beganAtMs === undefined) return;
    turnAtMs = beganAtMs + secondsEach * 1000;
    if (part < parts && !(await runner.until(turnAtMs - leadMs))) return;
  }
}

/** @returns when the load of the runner began; undefined if it ended before */
async function takeTurn(runner: Runner, turnAtMs: number | undefined): Promise<number | undefined> {
  if (!(await runner.untilReady())) return undefined;
  if (turnAtMs !== undefined && !(await runner.until(turnAtMs - START_MS))) return undefined;
  await runner.letGo();
  // Only the first one meets the service at rest, before its load, and so begins when it says so.
  return turnAtMs ?? (await runner.startOfLoad());
}
