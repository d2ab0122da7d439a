import { EMPTY_HISTOGRAM, type Histogram, histogramOf, readBuckets } from './histogram.ts';

/** Buckets of one power of two lie side by side. */
const PAGE_BITS = 7;
const PAGE = 2 ** PAGE_BITS;

/** A histogram to which samples are added. It takes a kilobyte for each power of two that has any. */
export class HistogramSum {
  private readonly pages = new Map<number, Float64Array>();
  private lastNumber = Number.NaN;
  private lastPage: Float64Array = new Float64Array();

  /** One function for all: a period has thousands of buckets. */
  private readonly take = (place: number, count: number): void => {
    this.add(place, count);
  };

  add(place: number, count: number): void {
    const number = place >> PAGE_BITS;
    if (number !== this.lastNumber) this.turnTo(number);
    const at = place & (PAGE - 1);
    this.lastPage[at] = (this.lastPage[at] as number) + count;
  }

  /** @param buckets in the record's flat form */
  addBuckets(buckets: readonly number[]): void {
    readBuckets(buckets, this.take);
  }

  addHistogram({ places, counts }: Histogram): void {
    for (let i = 0; i < places.length; i++) this.add(places[i] as number, counts[i] as number);
  }

  /** What was added so far. */
  sealed(): Histogram {
    if (this.pages.size === 0) return EMPTY_HISTOGRAM;
    const places: number[] = [];
    const counts: number[] = [];
    for (const [number, page] of [...this.pages].sort(([a], [b]) => a - b)) {
      for (let at = 0; at < PAGE; at++) {
        const count = page[at] as number;
        if (count === 0) continue;
        places.push(number * PAGE + at);
        counts.push(count);
      }
    }
    return histogramOf(places, counts);
  }

  /** What was added so far; from now on it is empty, and keeps its room. */
  taken(): Histogram {
    const histogram = this.sealed();
    for (const page of this.pages.values()) page.fill(0);
    return histogram;
  }

  private turnTo(number: number): void {
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new Float64Array(PAGE);
      this.pages.set(number, page);
    }
    this.lastNumber = number;
    this.lastPage = page;
  }
}

/** The histogram of one period. @param buckets in the record's flat form */
export function histogramOfBuckets(buckets: readonly number[]): Histogram {
  const places: number[] = [];
  const counts: number[] = [];
  let isRising = true;
  readBuckets(buckets, (place, count) => {
    // The keys of negative values rise, and their places fall.
    if (place < 0) isRising = false;
    places.push(place);
    counts.push(count);
  });
  if (isRising) return histogramOf(places, counts);
  const sum = new HistogramSum();
  sum.addBuckets(buckets);
  return sum.sealed();
}

/** All samples of several histograms. */
export function mergeHistograms(all: readonly Histogram[]): Histogram {
  const [first, second, ...others] = all.filter(({ count }) => count > 0);
  if (first === undefined) return EMPTY_HISTOGRAM;
  if (second === undefined) return first;
  if (others.length === 0) return mergeTwo(first, second);
  const together = new HistogramSum();
  for (const each of all) together.addHistogram(each);
  return together.sealed();
}

/** Neighbours are taken together by the thousand while a record is read: this is quicker than adding up pages. */
function mergeTwo(a: Histogram, b: Histogram): Histogram {
  const places: number[] = [];
  const counts: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.places.length || j < b.places.length) {
    const ofA = a.places[i] ?? Number.POSITIVE_INFINITY;
    const ofB = b.places[j] ?? Number.POSITIVE_INFINITY;
    let count = 0;
    if (ofA <= ofB) count += a.counts[i++] as number;
    if (ofB <= ofA) count += b.counts[j++] as number;
    places.push(Math.min(ofA, ofB));
    counts.push(count);
  }
  return histogramOf(places, counts);
}
