import { SharedArray } from 'k6/data';
import type { DataFacts, PickKind } from '../../core/spec/data-facts.ts';
import { present } from '../../core/spec/present.ts';
import type { Data, Turn } from './data.ts';
import type { CsvSource, DataSource, JsonSource, RowsSource } from './data-source.ts';
import { expectEnoughRows } from './enough-rows.ts';
import { expectSource } from './expect-source.ts';
import { hashOf, noteHash } from './hash-rows.ts';
import { readRows } from './read-rows.ts';
import { splitmix32 } from './splitmix32.ts';

/**
 * Rows that journeys and logins are fed with, from a file beside the scenario. They are read once, before anything is
 * sent, and all users share them.
 * @param name what errors call it
 * @throws UserError where the file is missing, empty, or not what it is said to be; it names no value of a row
 */
export function defineData<const Column extends string = string>(
  name: string,
  from: CsvSource<Column>,
): Data<Readonly<Record<Column, string>>>;
export function defineData<Row extends object = Readonly<Record<string, unknown>>>(
  name: string,
  from: JsonSource<Row>,
): Data<Row>;
export function defineData<Row extends object>(name: string, from: RowsSource<Row>): Data<Row>;
export function defineData(name: string, from: DataSource): Data<object> {
  if (typeof IS_COPY_OF_USER === 'undefined') expectSource(name, from);
  return new SharedRows(name, from);
}

class SharedRows implements Data<object> {
  readonly name: string;
  readonly pick: PickKind;
  private readonly sharedName: string;
  private readonly rows: readonly object[];
  private readonly recycle: boolean;
  private readonly seed: number;

  constructor(name: string, from: DataSource) {
    const { pick = 'user', recycle = false, seed = 1 } = from;
    this.name = name;
    this.pick = pick;
    this.recycle = recycle;
    this.seed = seed;
    this.sharedName = sharedNameOf(name, from);
    this.rows = new SharedArray(this.sharedName, () =>
      typeof IS_COPY_OF_USER === 'undefined' ? readAndHash(this.sharedName, name, from) : neverRead(name),
    );
  }

  rowFor(turn: Turn): object {
    const row = this.rows[this.placeOf(turn)];
    if (row !== undefined) return row;
    const { length } = this.rows;
    throw new Error(
      this.pick === 'user'
        ? `the data "${this.name}" has no row for user ${turn.user}: it has ${length}`
        : `the data "${this.name}" is used up: each of its ${length} rows is for one iteration, the last one for the trial`,
    );
  }

  rowForTrial(): object {
    // What is handed out once is not handed out to the load: see placeOf.
    return this.rows[this.handsOutOnce ? this.rows.length - 1 : 0] as object;
  }

  expectEnough(users: number, iterations: number | undefined): void {
    if (typeof IS_COPY_OF_USER !== 'undefined' || this.recycle) return;
    expectEnoughRows(this, this.rows.length, { users, iterations });
  }

  get handsOutOnce(): boolean {
    return this.pick === 'iteration' && !this.recycle;
  }

  get facts(): DataFacts | undefined {
    return typeof IS_COPY_OF_USER === 'undefined' ? this.factsWith(hashOf(this.sharedName)) : undefined;
  }

  private factsWith(sha256: string | undefined): DataFacts | undefined {
    if (typeof IS_COPY_OF_USER !== 'undefined' || sha256 === undefined) return undefined;
    const { name, pick, recycle } = this;
    const seed = pick === 'random' ? this.seed : undefined;
    return {
      name,
      pick,
      ...present({ seed, recycle: recycle ? (true as const) : undefined }),
      rows: this.rows.length,
      sha256,
    };
  }

  /** @returns -1 where there is none any more */
  private placeOf({ user, iteration }: Turn): number {
    const { length } = this.rows;
    if (this.pick === 'random') return Math.floor(splitmix32(this.seed, iteration) * length);
    const place = this.pick === 'user' ? user - 1 : iteration;
    if (this.recycle) return place % length;
    return this.handsOutOnce && place === length - 1 ? -1 : place;
  }
}

function readAndHash(sharedName: string, name: string, from: DataSource): object[] {
  const rows = readRows(name, from);
  // Of a CSV, nobody sees what they did not name; other rows are seen whole.
  noteHash(sharedName, rows, 'csv' in from ? from.columns : undefined);
  return rows;
}

/** k6 finds shared rows by name: scenarios of one bundle may call different files alike, and ask others of one file. */
function sharedNameOf(name: string, from: DataSource): string {
  const file = 'csv' in from ? from.csv : 'json' in from ? from.json : 'rows';
  return `k6-verdict: data "${name}" of ${file} ${from.columns?.join() ?? ''}`;
}

function neverRead(name: string): never {
  throw new Error(`The data "${name}" was not read before its users began.`);
}
