/** A map that forgets what it was given first, when it has no more place: what clients make must not fill the memory. */
export class Latest<Value> {
  readonly #kept = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  set(key: string, value: Value): void {
    this.#kept.set(key, value);
    if (this.#kept.size <= this.#most) return;
    const [first = key] = this.#kept.keys();
    this.#kept.delete(first);
  }

  get(key: string): Value | undefined {
    return this.#kept.get(key);
  }

  delete(key: string): boolean {
    return this.#kept.delete(key);
  }

  get size(): number {
    return this.#kept.size;
  }

  values(): Value[] {
    return [...this.#kept.values()];
  }
}
