import { UserError } from '../../core/spec/errors.ts';
import { expectMembers, expectText } from '../../core/spec/expect-members.ts';
import { kindOfValue, shownName } from '../../core/spec/shown.ts';

const KINDS = ['csv', 'json', 'rows'];
const PICKS: readonly unknown[] = ['user', 'iteration', 'random'];

/**
 * That data is defined as its type says.
 * @throws UserError that names the data and the member
 */
export function expectSource(name: unknown, from: unknown): void {
  expectText('The name of the data', name, 'a text, as in defineData("users", { csv: "./users.csv" })');
  const what = `The data ${shownName(name)}`;
  expectMembers(what, from, [...KINDS, 'columns', 'delimiter', 'pick', 'recycle', 'seed']);
  const kinds = KINDS.filter((kind) => from[kind] !== undefined);
  if (kinds.length !== 1) {
    throw new UserError({
      what: `${what} does not say where its rows come from.`,
      received: kinds.length === 0 ? 'none of csv, json and rows' : kinds.join(' and '),
      expected: '{ csv: "./users.csv" }, { json: "./articles.json" } or { rows: [...] }',
    });
  }
  for (const kind of ['csv', 'json'])
    if (from[kind] !== undefined)
      expectText(`${kind} of ${what}`, from[kind], 'the path of a file, from the scenario on');
  const { columns = [], delimiter = ',', pick = 'user', recycle = false, seed = 1 } = from;
  const expectThat = (member: string, holds: boolean, expected: string) => {
    if (!holds)
      throw new UserError({
        what: `${what} has a ${member} that cannot be.`,
        received: kindOfValue(from[member]),
        expected,
      });
  };
  const isListOfTexts = Array.isArray(columns) && columns.every((each) => typeof each === 'string');
  expectThat('columns', isListOfTexts, 'a list of the names of columns, such as ["username", "password"]');
  expectThat('delimiter', typeof delimiter === 'string' && delimiter.length === 1, 'one character, such as ";"');
  expectThat('pick', PICKS.includes(pick), '"user", "iteration" or "random"');
  expectThat('recycle', typeof recycle === 'boolean', 'true or false');
  expectThat('seed', Number.isSafeInteger(seed), 'a whole number');
}
