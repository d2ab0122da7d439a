/** What the declared rate limits of a target still remember of the plans that were sent to it. */
export class LimitMemory {
  /** The longest window of each endpoint. */
  readonly windowsSeconds: Readonly<Record<string, number>>;
  readonly #lastUsedMs = new Map<string, number>();
  #target: string | undefined;

  constructor(ofPlans: readonly Readonly<Record<string, number>>[]) {
    const longest = new Map<string, number>();
    for (const [id, seconds] of ofPlans.flatMap((windows) => Object.entries(windows)))
      longest.set(id, Math.max(seconds, longest.get(id) ?? 0));
    this.windowsSeconds = Object.fromEntries(longest);
  }

  used(endpoints: readonly string[], nowMs: number): void {
    for (const id of endpoints) this.#lastUsedMs.set(id, nowMs);
  }

  /** In whole seconds. @param target that was started anew remembers nothing */
  secondsUntilForgotten(windows: Readonly<Record<string, number>>, target: string | undefined, nowMs: number): number {
    if (target !== this.#target) this.#lastUsedMs.clear();
    this.#target = target;
    const left = Object.entries(windows).map(([id, seconds]) => {
      const usedMs = this.#lastUsedMs.get(id);
      return usedMs === undefined ? 0 : usedMs + Math.max(seconds, this.windowsSeconds[id] ?? 0) * 1000 - nowMs;
    });
    return Math.ceil(Math.max(0, ...left) / 1000);
  }
}
