/**
 * Samples by buckets that are 1/128 of a power of two wide: the middle of a bucket is at most 0.39 % away from any
 * value in it. A bucket is the sign, the exponent and 7 bits of the mantissa of an IEEE 754 double. Here buckets are
 * numbered by their place among all buckets, which rises with the value: the key of the record for values from 0 on,
 * and -1 minus the key without its sign for negative values.
 */
export interface Histogram {
  /** How many samples it holds. */
  readonly count: number;
  /** The places of buckets with samples, rising. */
  readonly places: Int32Array;
  /** How many samples each of them has. */
  readonly counts: Uint32Array | Float64Array;
}

export const EMPTY_HISTOGRAM: Histogram = { count: 0, places: new Int32Array(), counts: new Uint32Array() };

const KEY_BITS = 19;
const SIGN_KEY = 2 ** (KEY_BITS - 1);
/** A key is what the first 32 bits of a double begin with. */
const SHIFT = 32 - KEY_BITS;

const double = new DataView(new ArrayBuffer(8));

/** The key that the record has for a value. What is no finite number, which k6 does not make, counts as 0. */
export function keyOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  double.setFloat64(0, value);
  return double.getUint32(0) >>> SHIFT;
}

/** Whether the record can have a bucket of this key. */
export function isKey(key: number): boolean {
  return Number.isInteger(key) && key >= 0 && key < 2 * SIGN_KEY;
}

export function placeOfKey(key: number): number {
  return key < SIGN_KEY ? key : SIGN_KEY - 1 - key;
}

/** The bucket of a value, by its place among all buckets. */
export function bucketOf(value: number): number {
  return placeOfKey(keyOf(value));
}

/** Between which values the samples of a bucket lie: both ends may be among them. */
export function boundsOf(place: number): readonly [low: number, high: number] {
  if (place < 0) return [0 - edgeOf(-place), 0 - edgeOf(-1 - place)];
  return [edgeOf(place), edgeOf(place + 1)];
}

/** The value that stands for all samples of a bucket. */
export function middleOf(place: number): number {
  // Nothing is measured so finely that it comes between 0 and the next bucket.
  if (place === 0 || place === -1) return 0;
  return place < 0 ? -doubleFrom(-1 - place, 1) : doubleFrom(place, 1);
}

/** Where the bucket of a key without sign begins. */
function edgeOf(magnitude: number): number {
  return doubleFrom(magnitude, 0);
}

/** The double that begins with the bits of a key and this bit after them, and has no others. */
function doubleFrom(key: number, bit: 0 | 1): number {
  double.setUint32(0, (key << SHIFT) | (bit << (SHIFT - 1)));
  double.setUint32(4, 0);
  return double.getFloat64(0);
}

/** Calls `take` for each bucket of the record's flat form: a key and a count, then steps of the key and counts. */
export function readBuckets(buckets: readonly number[], take: (place: number, count: number) => void): void {
  let key = 0;
  for (let i = 0; i + 1 < buckets.length; i += 2) {
    key += buckets[i] as number;
    take(placeOfKey(key), buckets[i + 1] as number);
  }
}

/** @param places rising */
export function histogramOf(places: readonly number[], counts: readonly number[]): Histogram {
  let count = 0;
  let most = 0;
  for (const each of counts) {
    count += each;
    if (each > most) most = each;
  }
  return {
    count,
    places: new Int32Array(places),
    counts: most < 2 ** 32 ? new Uint32Array(counts) : new Float64Array(counts),
  };
}
