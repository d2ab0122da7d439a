import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../core/spec/errors.ts';

/** The Go module that k6 is built from. */
export interface K6Module {
  readonly folder: string;
  /** The k6 that go.mod requires, without the `v`. */
  readonly k6Version: string;
  /** The oldest Go that can build it. */
  readonly goVersion: string;
  /** Changes with every change that could give another program: go.mod, go.sum, any .go file that is no test. */
  readonly fingerprint: string;
}

/** The module beside this file. A bundle has no such neighbour and must say where the module is. */
export function ownModuleFolder(): string {
  return fileURLToPath(new URL('./module', import.meta.url));
}

/** @throws UserError if the folder has no go.mod that requires k6 */
export async function readK6Module(folder: string): Promise<K6Module> {
  const goMod = await readGoMod(folder);
  const k6Version = /^\s*(?:require\s+)?go\.k6\.io\/k6\/v\d+\s+v(\S+)/m.exec(goMod)?.[1];
  const goVersion = /^go\s+(\S+)/m.exec(goMod)?.[1];
  if (k6Version === undefined || goVersion === undefined)
    throw notAModule(folder, 'a go.mod without k6 or without a go line');
  return { folder, k6Version, goVersion, fingerprint: await fingerprintOf(folder) };
}

async function readGoMod(folder: string): Promise<string> {
  try {
    return await readFile(path.join(folder, 'go.mod'), 'utf8');
  } catch (error) {
    throw notAModule(folder, (error as Error).message);
  }
}

function notAModule(folder: string, received: string): UserError {
  return new UserError({
    what: `${folder} is not the Go module that k6 is built from`,
    received,
    expected: 'go.mod (with "go" and "require go.k6.io/k6/v2" lines), go.sum and main.go',
    todo: 'restore these files, or reinstall k6-verdict, or set K6_BIN to a k6 program',
  });
}

async function fingerprintOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await filesThatDecide(folder)) {
    const content = await readFile(path.join(folder, name));
    // With the length in it, no two sets of files run together to the same bytes.
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * The files that decide what program comes out, by their paths from the folder, with slashes: go.mod, go.sum and
 * every .go file but what `go build` leaves out. A changed test builds no k6 anew.
 */
export async function filesThatDecide(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.split(path.sep).join('/'));
  const isSource = (name: string) => name.endsWith('.go') && !isOfTests(name);
  return names.filter((name) => name === 'go.mod' || name === 'go.sum' || isSource(name)).sort();
}

/** Whether only `go test` reads the file. */
function isOfTests(name: string): boolean {
  return name.endsWith('_test.go') || name.split('/').includes('testdata');
}
