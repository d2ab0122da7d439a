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
  if (error !== undefined) throw notCsv(what, error.type === 'Quotes', (error.row ?? 0) + 1);
  if (meta.renamedHeaders) {
    throw new UserError({
      what: `${what} has two columns of one name.`,
      expected: 'a different name for each column in the first line',
    });
  }
  return { columns: meta.fields ?? [], rows: data };
}

function notCsv(what: string, isQuoting: boolean, row: number): UserError {
  return new UserError({
    what: `${what} is not CSV.`,
    received: `row ${row} (without the first line) has ${isQuoting ? 'a quote that is not where a field begins or ends' : 'more or fewer columns than the first line'}`,
    expected: 'as many columns in each row as in the first line, and quotes around whole fields, doubled inside',
    todo: 'if columns are divided by something else than commas, say so: delimiter: ";"',
  });
}
