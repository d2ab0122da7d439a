import { closest } from '../../core/spec/closest.ts';
import { UserError } from '../../core/spec/errors.ts';
import { present } from '../../core/spec/present.ts';
import { kindOfValue, shownName } from '../../core/spec/shown.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { DataSource } from './data-source.ts';
import { parseCsv, type Table } from './parse-csv.ts';

/** Rows as they are read, and what they are called in errors. */
interface ReadRows {
  readonly what: string;
  readonly rows: readonly object[];
}

/**
 * Reads the rows of data, while k6 loads the script.
 * @throws UserError for a file that is missing, has no rows, or is not what it is said to be. It repeats no value of a
 *   row: that may be secret.
 */
export function readRows(name: string, from: DataSource): object[] {
  const { what, rows } = 'csv' in from ? tableOf(name, from) : listOf(name, from);
  if (rows.length === 0) {
    throw new UserError({
      what: `${what} has no rows.`,
      received: 'csv' in from ? 'a first line alone' : 'an empty list',
      expected: 'at least one row',
    });
  }
  return [...rows];
}

function tableOf(
  name: string,
  { csv, columns = [], delimiter = ',' }: { csv: string; columns?: readonly string[]; delimiter?: string },
): ReadRows {
  const what = `${csv} of the data "${name}"`;
  const text = textOf(what, csv);
  if (text.trim() === '') {
    throw new UserError({
      what: `${what} is empty.`,
      expected: 'a first line that names the columns, and a line for each row',
    });
  }
  const table = parseCsv(what, text, delimiter);
  expectColumns(what, table, columns);
  return { what, rows: table.rows };
}

/** A first line that has none of the columns may be a row, and is not shown. */
function expectColumns(what: string, { columns: found }: Table, columns: readonly string[]): void {
  const missing = columns.find((column) => !found.includes(column));
  if (missing === undefined) return;
  const asked = columns.map((column) => column.toLowerCase());
  const isHeader = found.some((column) => asked.includes(column.toLowerCase()));
  const meant = isHeader ? closest(missing, found) : undefined;
  throw new UserError({
    what: `${what} has no column "${missing}".`,
    received: isHeader
      ? `the columns ${named(found.map(shownName), 20)}`
      : `${counted(found.length, 'column')} in its first line, none of them asked for`,
    expected: `the columns ${named(columns.map(shownName), 20)}, named in the first line`,
    ...present({ todo: meant === undefined ? undefined : `did you mean ${shownName(meant)}?` }),
  });
}

function listOf(
  name: string,
  from: { json: string; columns?: readonly string[] } | { rows: readonly object[]; columns?: readonly string[] },
): ReadRows {
  const what = 'json' in from ? `${from.json} of the data "${name}"` : `The data "${name}"`;
  const rows: unknown = 'json' in from ? parsed(what, textOf(what, from.json)) : from.rows;
  if (!Array.isArray(rows)) throw noList(what, kindOfValue(rows));
  for (const [i, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw noList(what, `${kindOfValue(row)} as row ${i + 1}`);
    const missing = from.columns?.find((column) => row[column] === undefined);
    if (missing !== undefined) throw withoutMember(what, missing, i + 1, Object.keys(row));
  }
  return { what, rows };
}

function withoutMember(what: string, missing: string, row: number, members: readonly string[]): UserError {
  const meant = closest(missing, members);
  return new UserError({
    what: `${what} has a row without "${missing}".`,
    received: `row ${row}, with ${named(members.map(shownName), 20) || 'nothing'}`,
    expected: `"${missing}" in each row, as columns says`,
    ...present({ todo: meant === undefined ? undefined : `did you mean ${shownName(meant)}?` }),
  });
}

function noList(what: string, received: string): UserError {
  return new UserError({ what: `${what} is no list of objects.`, received, expected: '[{ ... }, { ... }]' });
}

function parsed(what: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // What JSON.parse says would repeat a part of the text.
    throw new UserError({ what: `${what} is not JSON.`, received: 'another text', expected: '[{ ... }, { ... }]' });
  }
}

function textOf(what: string, file: string): string {
  try {
    return open(file);
  } catch (error) {
    const isMissing = /couldn't be found|no such file|not exist/i.test(String(error));
    throw new UserError({
      what: `${what} cannot be read.`,
      received: isMissing ? 'no such file' : 'something that k6 does not open as a file',
      expected: 'a file, by its path from the folder of the scenario on',
      todo: 'correct the path',
    });
  }
}
