import { firstWhere } from '../first-where.ts';
import { addFigures, widthOf } from './figures.ts';
import { EMPTY_HISTOGRAM, type Histogram } from './histogram.ts';
import { HistogramSum, histogramOfBuckets, mergeHistograms } from './histogram-sum.ts';
import type { MetricKind, PeriodEntry } from './record-format.ts';

const FIRST_ROOM = 4;

/**
 * The figures of one kind of samples by slots of time. Slots without any take no room: a failure that happened once in
 * four hours has one.
 */
export class Lane {
  private readonly kind: MetricKind;
  private readonly width: number;
  /** The slots with samples, rising, ... */
  private slots: Int32Array = new Int32Array(FIRST_ROOM);
  /** ... their figures, one after another, ... */
  private figures: Float64Array;
  /** ... and their histograms, but that of the last one: it is in one of the two below while it may grow. */
  private readonly histograms: Histogram[] | undefined;
  private readonly growing = new HistogramSum();
  private isGrowing = false;
  /** The buckets of the record, where a slot has these alone so far. */
  private buckets: readonly number[] | undefined;
  private length = 0;

  constructor(kind: MetricKind, keepsHistograms: boolean) {
    this.kind = kind;
    this.width = widthOf(kind);
    this.figures = new Float64Array(FIRST_ROOM * this.width);
    this.histograms = keepsHistograms ? [] : undefined;
  }

  /** @param slot not before that of an earlier call */
  add(slot: number, entry: PeriodEntry): void {
    const { length, width } = this;
    const numbers = entry as readonly number[];
    if (length > 0 && this.slots[length - 1] === slot) {
      addFigures(this.kind, this.figures, (length - 1) * width, numbers);
      if (this.histograms !== undefined) this.open().addBuckets(entry[4] as readonly number[]);
      return;
    }
    this.seal();
    this.makeRoom();
    this.slots[length] = slot;
    for (let i = 0; i < width; i++) this.figures[length * width + i] = numbers[i] as number;
    this.length += 1;
    if (this.histograms !== undefined) this.buckets = entry[4] as readonly number[];
  }

  /** @param target for each slot the one that it is in from now on */
  fold(target: Int32Array): void {
    this.seal();
    const { kind, width, slots, figures, histograms } = this;
    let kept = 0;
    for (let i = 0, next = 0; i < this.length; i = next) {
      const slot = target[slots[i] as number] as number;
      next = i + 1;
      figures.copyWithin(kept * width, i * width, next * width);
      while (next < this.length && target[slots[next] as number] === slot) {
        addFigures(kind, figures, kept * width, figures, next * width);
        next += 1;
      }
      if (histograms !== undefined) histograms[kept] = mergeHistograms(histograms.slice(i, next));
      slots[kept] = slot;
      kept += 1;
    }
    this.length = kept;
    if (histograms !== undefined) histograms.length = kept;
  }

  /** @returns the figures of a slot in the order of the record, and undefined where nothing was measured in it */
  figuresAt(slot: number): Float64Array | undefined {
    const index = this.indexOf(slot);
    return index === undefined ? undefined : this.figures.subarray(index * this.width, (index + 1) * this.width);
  }

  /** Empty where none is kept. */
  histogramAt(slot: number): Histogram {
    this.seal();
    const index = this.indexOf(slot);
    return (index === undefined ? undefined : this.histograms?.[index]) ?? EMPTY_HISTOGRAM;
  }

  private indexOf(slot: number): number | undefined {
    const index = firstWhere(this.length, (i) => (this.slots[i] as number) >= slot);
    return index < this.length && this.slots[index] === slot ? index : undefined;
  }

  private seal(): void {
    const { histograms, buckets, length } = this;
    if (histograms === undefined) return;
    if (buckets !== undefined) histograms[length - 1] = histogramOfBuckets(buckets);
    else if (this.isGrowing) histograms[length - 1] = this.growing.taken();
    this.buckets = undefined;
    this.isGrowing = false;
  }

  /** The histogram of the last slot, to be added to; after a fold that slot has one already. */
  private open(): HistogramSum {
    if (this.isGrowing) return this.growing;
    if (this.buckets !== undefined) this.growing.addBuckets(this.buckets);
    else this.growing.addHistogram(this.histograms?.[this.length - 1] ?? EMPTY_HISTOGRAM);
    this.buckets = undefined;
    this.isGrowing = true;
    return this.growing;
  }

  private makeRoom(): void {
    if (this.length < this.slots.length) return;
    const slots = new Int32Array(2 * this.slots.length);
    slots.set(this.slots);
    const figures = new Float64Array(2 * this.figures.length);
    figures.set(this.figures);
    this.slots = slots;
    this.figures = figures;
  }
}
