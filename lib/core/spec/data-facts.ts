/** How rows are handed out. */
export type PickKind = 'user' | 'iteration' | 'random';

/** Which rows a load was fed with, and how: what everything after the run needs to know of data. None of its values. */
export interface DataFacts {
  readonly name: string;
  readonly pick: PickKind;
  /** Of `random`: the same row comes each time. */
  readonly seed?: number;
  /** Rows that were used up began again with the first one. */
  readonly recycle?: true;
  readonly rows: number;
  /** Of all rows in their order, with the columns that are named where they are of a CSV: 64 hexadecimal digits. */
  readonly sha256: string;
}
