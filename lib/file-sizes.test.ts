import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MOST_LINES = 250;
const MOST_LINES_OF_HALF = 120;

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every file of the product, by its path from the root of the project, with slashes. */
function readProduct(): Map<string, string> {
  const files = ['lib', 'scenarios', 'thresholds'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.posix.join(folder, file.replaceAll(path.sep, '/')),
    ),
  );
  const isOfProduct = (file: string) =>
    /\.(ts|mjs)$/.test(file) && !/\.(test|d)\.ts$/.test(file) && !/^lib\/(e2e|bench|testing)\//.test(file);
  return new Map(files.filter(isOfProduct).map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

function tooLong(files: ReadonlyMap<string, string>): string[] {
  return [...files].filter(([, source]) => linesOf(source) > MOST_LINES).map(([file]) => file);
}

function linesOf(source: string): number {
  return source.split('\n').length - 1;
}

/** Files in which a member is left out by hand, where `present()` says it once. */
function leavingOutByHand(files: ReadonlyMap<string, string>): string[] {
  return [...files].filter(([, source]) => /undefined\s*\?\s*\{\}\s*:/.test(source)).map(([file]) => file);
}

describe('a file of the product', () => {
  const product = readProduct();

  it('is found', () => {
    for (const file of ['lib/index.ts', 'lib/cli/main.ts', 'lib/cli/start.mjs', 'scenarios/smoke.ts'])
      expect([...product.keys()]).toContain(file);
  });

  it(`has at most ${MOST_LINES} lines`, () => {
    expect(tooLong(product)).toEqual([]);
  });

  it(`has at most ${MOST_LINES_OF_HALF} lines, of half of them`, () => {
    const sizes = [...product.values()].map(linesOf).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MOST_LINES_OF_HALF);
  });

  it('leaves out what is undefined with present()', () => {
    expect(leavingOutByHand(product)).toEqual([]);
  });
});

describe('is found where it is planted:', () => {
  it('a file that is too long', () => {
    const lines = (count: number) => 'x;\n'.repeat(count);
    const files = new Map([
      ['a.ts', lines(MOST_LINES)],
      ['b.ts', lines(MOST_LINES + 1)],
    ]);
    expect(tooLong(files)).toEqual(['b.ts']);
  });

  it.each([
    '...(a === undefined ? {} : { a })',
    '...(a === undefined\n  ? {}\n  : { a })',
    'return a === undefined ? {} : { a };',
  ])('%j', (source) => {
    expect(leavingOutByHand(new Map([['a.ts', source]]))).toEqual(['a.ts']);
  });
});
