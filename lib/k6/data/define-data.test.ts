import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Data } from './data.ts';

const shared = vi.hoisted(() => new Map<string, readonly object[]>());

vi.mock('k6/data', () => ({
  // As k6 has it: who comes later under a name gets what is there.
  SharedArray: function SharedArray(name: string, read: () => readonly object[]) {
    const rows = shared.get(name) ?? read();
    shared.set(name, rows);
    return rows;
  },
}));

vi.mock('k6/crypto', () => ({
  default: { sha256: (text: string, encoding: 'hex') => createHash('sha256').update(text).digest(encoding) },
}));

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file: string = './define-data.ts';
const { defineData } = (await import(/* @vite-ignore */ file)) as {
  defineData: (name: string, from: object) => Data<Readonly<Record<string, unknown>>>;
};

const files: Record<string, string> = {};

beforeEach(() => {
  // Papa Parse warns of columns that share a name.
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.stubGlobal('open', (name: string) => {
    const text = files[name];
    if (text !== undefined) return text;
    throw new Error(`The moduleSpecifier "file://${name}" couldn't be found on local disk.`);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  shared.clear();
});

function dataOf(text: string, from: object = {}): Data<Readonly<Record<string, unknown>>> {
  files['./users.csv'] = text;
  return defineData('users', { csv: './users.csv', ...from });
}

function jsonOf(text: string, from: object = {}): Data<Readonly<Record<string, unknown>>> {
  files['./articles.json'] = text;
  return defineData('articles', { json: './articles.json', ...from });
}

function messageOf(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const SECRET = 's3cret';
const TWO = `name,password\nann,${SECRET}\nbob,${SECRET}2\n`;
const all = (data: Data<Readonly<Record<string, unknown>>>, count: number) =>
  Array.from({ length: count }, (_, i) => data.rowFor({ user: i + 1, iteration: i }));

describe('a CSV', () => {
  it.each<[string, string, object?]>([
    ['with line ends of either kind', 'name,password\r\nann,x\r\nbob,y'],
    ['with a byte-order mark and empty lines', '\uFEFFname,password\n\nann,x\n  \nbob,y\n\n'],
    ['with quotes', '"name","password"\n"ann","x"\n"bob","y"\n'],
    ['with another delimiter', 'name;password\nann;x\nbob;y\n', { delimiter: ';' }],
  ])('%s is read', (_, text, from = {}) => {
    expect(all(dataOf(text, { columns: ['name', 'password'], ...from }), 2)).toEqual([
      { name: 'ann', password: 'x' },
      { name: 'bob', password: 'y' },
    ]);
  });

  it('keeps commas, quotes, line ends and spaces inside of quotes, and texts as they are', () => {
    expect(all(dataOf('a,b\n"x, ""y""\nz", 007 \n'), 1)).toEqual([{ a: 'x, "y"\nz', b: ' 007 ' }]);
  });

  it.each<[string, string, object, RegExp]>([
    ['that is empty', ' \n', {}, /^\.\/users\.csv of the data "users" is empty/],
    ['of a first line alone', 'name,password\n', {}, /has no rows\.\n {2}received: a first line alone/],
    [
      'without a column',
      TWO,
      { columns: ['name', 'passwort'] },
      /no column "passwort"\.\n {2}received: the columns "name" and "password"[\s\S]*did you mean "password"\?/,
    ],
    [
      'that is a header in capitals',
      TWO,
      { columns: ['NAME', 'token'] },
      /no column "NAME"\.\n {2}received: the columns "name" and "password"/,
    ],
    [
      'without a first line of names',
      `ann,${SECRET}\nbob,y`,
      { columns: ['name', 'password'] },
      /received: 2 columns in its first line, none of them asked for/,
    ],
    [
      'with a row that is too long',
      `name,password\nann,x\nbob,y,${SECRET}`,
      {},
      /is not CSV\.\n {2}received: more or fewer columns .* in row 2 after it/,
    ],
    [
      'with a row that is too short',
      `name,password\n${SECRET}\nbob,y`,
      {},
      /received: more or fewer columns .* in row 1 after it/,
    ],
    [
      'with a quote that nothing ends',
      `name,password\nann,"${SECRET}\nbob,y`,
      {},
      /is not CSV\.\n {2}received: a quote .* in row 2 of all/,
    ],
    ['with two columns of one name', `name,name\nann,${SECRET}`, {}, /two columns of one name/],
  ])('%s is refused, and no value told', (_, text, from, message) => {
    const said = messageOf(() => dataOf(text, from));
    expect(said).toMatch(message);
    expect(said).not.toContain(SECRET);
  });

  it('that is not there is told by the path as it was written', () => {
    const said = messageOf(() => defineData('users', { csv: './nowhere.csv' }));
    expect(said).toMatch(/^\.\/nowhere\.csv of the data "users" cannot be read\.\n {2}received: no such file/);
  });
});

describe('JSON', () => {
  it('is a list of objects, which may differ', () => {
    const data = jsonOf('\uFEFF[{ "sku": "a", "tags": [1] }, { "sku": "b" }]', { columns: ['sku'] });
    expect(all(data, 2)).toEqual([{ sku: 'a', tags: [1] }, { sku: 'b' }]);
  });

  it.each<[string, string, object, RegExp]>([
    ['that is none', `{ "a": ${SECRET} }`, {}, /^\.\/articles\.json of the data "articles" is not JSON/],
    ['that is an object', `{ "rows": ["${SECRET}"] }`, {}, /is no list of objects\.\n {2}received: an object/],
    ['with a row that is a text', `[{}, "${SECRET}"]`, {}, /received: a text as row 2/],
    ['with a row that is a list', '[[]]', {}, /received: a list as row 1/],
    ['that is an empty list', '[]', {}, /has no rows\.\n {2}received: an empty list/],
    [
      'with a row that lacks a member',
      `[{ "sku": "${SECRET}" }, { "sk": 1 }]`,
      { columns: ['sku'] },
      /has a row without "sku"\.\n {2}received: row 2, with "sk"/,
    ],
  ])('%s is refused, and no value told', (_, text, from, message) => {
    const said = messageOf(() => jsonOf(text, from));
    expect(said).toMatch(message);
    expect(said).not.toContain(SECRET);
  });
});

const rows = Array.from({ length: 5 }, (_, i) => ({ i }));
const picked = (data: Data<Readonly<Record<string, unknown>>>, turns: readonly [user: number, iteration: number][]) =>
  turns.map(([user, iteration]) => data.rowFor({ user, iteration }).i);

describe('rows are picked', () => {
  it('by user, who keeps its row', () => {
    const data = defineData('people', { rows });
    expect(picked(data, [[1, 0], [5, 1], [1, 70]])).toEqual([0, 4, 0]); // biome-ignore format: turns
    expect(() => data.rowFor({ user: 6, iteration: 0 })).toThrow('the data "people" has no row for user 6: it has 5');
    expect(data.rowForTrial()).toEqual({ i: 0 });
  });

  it('by user, and begin again where they may', () => {
    expect(picked(defineData('people', { rows, recycle: true }), [[6, 0], [11, 0]])).toEqual([0, 0]); // biome-ignore format: turns
  });

  it('by iteration, each once, and one of them for the trial alone', () => {
    const data = defineData('vouchers', { rows, pick: 'iteration' });
    const load = picked(data, [[1, 0], [1, 1], [2, 2], [1, 3]]); // biome-ignore format: turns
    expect([...load, data.rowForTrial().i].sort()).toEqual([0, 1, 2, 3, 4]);
    for (const iteration of [4, 5, 99])
      expect(() => data.rowFor({ user: 1, iteration })).toThrow('the data "vouchers" is used up');
  });

  it('by iteration, and begin again where they may', () => {
    const data = defineData('vouchers', { rows, pick: 'iteration', recycle: true });
    expect(picked(data, [[1, 4], [1, 5], [1, 11]])).toEqual([4, 0, 1]); // biome-ignore format: turns
  });

  it('at random, the same for the same seed, and each about as often', () => {
    const random = (seed: number) => {
      const data = defineData(`any ${seed}`, { rows, pick: 'random', seed });
      return Array.from({ length: 5000 }, (_, iteration) => data.rowFor({ user: 1, iteration }).i as number);
    };
    const first = random(7);
    expect(random(7)).toEqual(first);
    expect(random(8)).not.toEqual(first);
    for (const { i } of rows) {
      // One thousand expected; seven standard deviations of 28.
      expect(Math.abs(first.filter((each) => each === i).length - 1000)).toBeLessThan(200);
    }
  });
});

describe('what a run says of its rows', () => {
  const hashOf = (text: string, from: object = {}) => {
    shared.clear();
    return dataOf(text, from).facts?.sha256;
  };
  const named = { columns: ['name', 'password'] };

  it('is how they are picked, how many there are, and a hash that tells no value', () => {
    const data = dataOf(TWO, { pick: 'random', seed: 7 });
    expect(data.facts).toEqual({
      name: 'users',
      pick: 'random',
      seed: 7,
      rows: 2,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(data.facts)).not.toContain(SECRET);
    expect(defineData('some', { rows, recycle: true }).facts).toMatchObject({ pick: 'user', recycle: true, rows: 5 });
  });

  it.each<[string, string]>([
    ['a value', `name,password\nann,${SECRET}\nbob,other\n`],
    ['their order', `name,password\nbob,${SECRET}2\nann,${SECRET}\n`],
    ['one more', `${TWO}eve,x\n`],
    ['values that changed places', `name,password\n${SECRET},ann\nbob,${SECRET}2\n`],
  ])('is another hash with %s', (_, text) => {
    expect(hashOf(text)).not.toBe(hashOf(TWO));
    expect(hashOf(text, named)).not.toBe(hashOf(TWO, named));
  });

  it('is the same hash whatever stands in columns that are not asked for, and in which order they are', () => {
    const moved = `password,age,name\n${SECRET},7,ann\n${SECRET}2,8,bob\n`;
    expect(hashOf(moved, named)).toBe(hashOf(TWO, named));
    expect(hashOf(TWO, { columns: ['password', 'name'] })).toBe(hashOf(TWO, named));
  });

  it('is another hash with another member of JSON, also deep inside one and of one that is not asked for', () => {
    const jsonHash = (text: string) => {
      shared.clear();
      return jsonOf(text, { columns: ['sku'] }).facts?.sha256;
    };
    const known = jsonHash('[{ "sku": { "id": 1 }, "size": 1 }]');
    expect(jsonHash('[{ "sku": { "id": 2 }, "size": 1 }]')).not.toBe(known);
    expect(jsonHash('[{ "sku": { "id": 1 }, "size": 2 }]')).not.toBe(known);
  });

  it('is the same hash in each definition that shares the rows', () => {
    const one = dataOf(TWO);
    expect(dataOf(TWO, { pick: 'iteration' }).facts?.sha256).toBe(one.facts?.sha256);
  });
});

describe('rows are counted before the load', () => {
  it.each<[string, object, number, number | undefined]>([
    ['as many as users', {}, 5, 1000],
    ['fewer than users, which share them', { recycle: true }, 20, undefined],
    ['any for random ones', { pick: 'random' }, 20, 1000],
    ['one more than iterations', { pick: 'iteration' }, 20, 4],
    ['for iterations that nobody can count', { pick: 'iteration' }, 20, undefined],
    ['fewer than iterations, which share them', { pick: 'iteration', recycle: true }, 20, 1000],
  ])('%s are enough', (_, from, users, iterations) => {
    expect(messageOf(() => defineData('some', { rows, ...from }).expectEnough(users, iterations))).toBe('');
  });

  it.each<[string, object, number, number, RegExp]>([
    [
      'fewer than users',
      {},
      6,
      1,
      /^The data "some" has fewer rows than there are users.*\n {2}received: 5 rows for 6 users\n {2}expected: at least 6 rows/,
    ],
    [
      'as many as iterations',
      { pick: 'iteration' },
      1,
      5,
      /fewer rows than there are iterations.*\n {2}received: 5 rows for 5 iterations\n {2}expected: at least 6 rows/,
    ],
  ])('%s are not', (_, from, users, iterations, message) => {
    expect(messageOf(() => defineData('some', { rows, ...from }).expectEnough(users, iterations))).toMatch(message);
  });
});

describe('what is written down wrong is refused', () => {
  it.each<[string, unknown, unknown, RegExp]>([
    ['no name', '', { rows }, /The name of the data is not a text/],
    ['no source', 'some', {}, /The data "some" does not say where its rows come from\.\n {2}received: none/],
    ['two sources', 'some', { csv: 'a', json: 'b' }, /received: csv and json/],
    ['a misspelt member', 'some', { rows, picks: 'user' }, /received: "picks"[\s\S]*did you mean "pick"/],
    [
      'a path that is none',
      'some',
      { csv: 7 },
      /csv of The data "some" is not a text|csv of the data "some" is not a text/,
    ],
    [
      'rows that are none',
      'some',
      { rows: 7 },
      /The data "some" is no list of objects\.\n {2}received: a whole number/,
    ],
    ['columns in a text', 'some', { rows, columns: 'a,b' }, /has a columns that cannot be/],
    [
      'an unknown pick',
      'some',
      { rows, pick: 'users' },
      /has a pick that cannot be\.\n {2}received: a text\n {2}expected: "user", "iteration" or "random"/,
    ],
    ['a seed with decimals', 'some', { rows, seed: 0.5 }, /has a seed that cannot be/],
    ['a delimiter of two characters', 'some', { csv: 'a', delimiter: '||' }, /has a delimiter that cannot be/],
    ['recycle that is a number', 'some', { rows, recycle: 1 }, /has a recycle that cannot be/],
  ])('%s', (_, name, from, message) => {
    expect(messageOf(() => defineData(name as string, from as object))).toMatch(message);
  });
});
