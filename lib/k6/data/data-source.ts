import type { PickKind } from '../../core/spec/data-facts.ts';

/** How rows are handed out. */
export interface Picking {
  /**
   * `user`: each user has a row of its own, and keeps it. `iteration`: each time has the next row, and no row comes
   * twice, over all machines. `random`: any row. A warm-up takes rows as the load does.
   * @default 'user'
   */
  readonly pick?: PickKind;
  /** Whether rows that are used up begin again with the first one. @default false: too few are an error */
  readonly recycle?: boolean;
  /** Of `random`: with the same seed each time has the same row in every run. A whole number. @default 1 */
  readonly seed?: number;
}

/** A file of comma-separated values, whose first line names its columns. */
export interface CsvSource<Column extends string = string> extends Picking {
  /** Its path, from the folder of the scenario on: `./users.csv`. */
  readonly csv: string;
  /** Those that are needed: others may be there, too. */
  readonly columns?: readonly Column[];
  /** What divides columns: one character. @default ',' */
  readonly delimiter?: string;
}

/** A JSON file with a list of objects. */
export interface JsonSource<Row = object> extends Picking {
  /** Its path, from the folder of the scenario on: `./articles.json`. */
  readonly json: string;
  /** Members that each row must have. @default none: rows may differ */
  readonly columns?: readonly (keyof Row & string)[];
}

/** Rows that stand in the code, or that it makes. */
export interface RowsSource<Row = object> extends Picking {
  readonly rows: readonly Row[];
  /** Members that each row must have. @default none: rows may differ */
  readonly columns?: readonly (keyof Row & string)[];
}

export type DataSource = CsvSource | JsonSource | RowsSource;
