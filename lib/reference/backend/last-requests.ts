/** Counts a server down to its last reply (`--close-after`). */
export class LastRequests {
  #toCome: number;
  #unanswered: number;
  readonly #close: () => void;

  /** @param close is called once, when the last of `count` requests has come to its end */
  constructor(count: number, close: () => void) {
    this.#toCome = count;
    this.#unanswered = count;
    this.#close = close;
  }

  /** Whether the request that just arrived is still among them. */
  admit(): boolean {
    if (this.#toCome === 0) return false;
    this.#toCome -= 1;
    return true;
  }

  /** An admitted request was answered, abandoned or reset. */
  oneEnded(): void {
    this.#unanswered -= 1;
    if (this.#unanswered === 0) this.#close();
  }
}
