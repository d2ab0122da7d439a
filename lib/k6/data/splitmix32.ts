/**
 * The number at a place of the sequence of SplitMix32, as a fraction from 0 to 1: the same for the same seed, and known
 * without those before it. SplitMix is by Steele, Lea and Flood ("Fast splittable pseudorandom number generators",
 * OOPSLA 2014); the constants of this mixer of 32 bits are those of MurmurHash3's finalizer, by Austin Appleby.
 */
export function splitmix32(seed: number, place: number): number {
  let mixed = (seed + Math.imul(place + 1, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
