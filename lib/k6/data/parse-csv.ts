import papa from 'papaparse/papaparse.min.js';
import { UserError } from '../../core/spec/errors.ts';

/** The rows of a CSV, by the names in its first line. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/**
 * Reads CSV as RFC 4180 has it: quoted fields, also of several lines, line ends of either kind, a byte-order mark. Empty
 * lines are no rows.
 * @param what how the data is called in errors
 * @throws UserError that names the row, and no value: it may be secret
 */
export function parseCsv(what: string, text: string, delimiter: string): Table {
  const { data, errors, meta } = papa.parse(text, { header: true, delimiter, skipEmptyLines: 'greedy' });
  const [error] = errors;
  if (error !== undefined) throw notCsv(what, whatIsWrong(error));
  if (meta.renamedHeaders) {
    throw new UserError({
      what: `${what} has two columns of one name.`,
      expected: 'a different name for each column in the first line',
    });
  }
  return { columns: meta.fields ?? [], rows: data };
}

/** Papa Parse counts what it has read until a quote is wrong, and what it has made of it until columns are. */
function whatIsWrong({ type, row = 0 }: { readonly type: string; readonly row?: number }): string {
  return type === 'Quotes'
    ? `a quote where no field begins or ends, in row ${row + 1} of all, the first line included`
    : `more or fewer columns than the first line has, in row ${row + 1} after it`;
}

function notCsv(what: string, received: string): UserError {
  return new UserError({
    what: `${what} is not CSV.`,
    received,
    expected: 'as many columns in each row as in the first line, and quotes around whole fields, doubled inside',
    todo: 'if columns are divided by something else than commas, say so: delimiter: ";"',
  });
}
