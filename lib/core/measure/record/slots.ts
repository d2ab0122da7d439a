/** A stretch of time, Unix milliseconds. */
export interface Slot {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The shortest period that the record has. */
const SHORTEST_MS = 1000;

/**
 * The periods of a run in at most twice `most` slots while they come in, and at most `most` in the end: neighbours are
 * taken together, so that all slots are about equally long.
 */
export class Slots {
  private readonly most: number;
  private widthMs = SHORTEST_MS;
  private slots: Slot[] = [];

  constructor(most: number) {
    this.most = most;
  }

  get all(): readonly Slot[] {
    return this.slots;
  }

  /** @returns whether the period is in the slot of the one before it */
  add(period: Slot): boolean {
    const last = this.slots.at(-1);
    if (last !== undefined && this.fitTogether(last, period)) {
      this.slots[this.slots.length - 1] = { fromMs: last.fromMs, toMs: period.toMs };
      return true;
    }
    this.slots.push(period);
    return false;
  }

  get areTooMany(): boolean {
    return this.slots.length > 2 * this.most;
  }

  /** Takes neighbours together until there are at most `most`. @returns for each slot so far the one that it is in now */
  fold(): Int32Array {
    const before = this.slots;
    while (this.slots.length > this.most) {
      this.widthMs *= 2;
      const wider = this.slots;
      this.slots = [];
      for (const slot of wider) this.add(slot);
    }
    let at = 0;
    return Int32Array.from(before, ({ toMs }) => {
      while ((this.slots[at]?.toMs ?? toMs) < toMs) at += 1;
      return at;
    });
  }

  /** The end that is nearer to a slot's width is that of the slot: periods are not to the millisecond as long as they should be. */
  private fitTogether(first: Slot, second: Slot): boolean {
    return (second.fromMs + second.toMs) / 2 - first.fromMs <= this.widthMs;
  }
}
