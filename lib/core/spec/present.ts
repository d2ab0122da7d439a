/** An object without its members that are undefined: those may be left out of the type too. */
export type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * Leaves out what is undefined: `present({ a: 1, b: undefined })` is `{ a: 1 }`. For optional members, which under
 * `exactOptionalPropertyTypes` are either there or not.
 */
export function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}
