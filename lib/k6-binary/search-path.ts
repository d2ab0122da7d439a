import { realpath } from 'node:fs/promises';
import path from 'node:path';
import which from 'which';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every program of this name on PATH, as absolute paths, best first. The same file reached twice (`/bin` is often
 * a link to `/usr/bin`) is named once.
 */
export async function findOnPath(name: string, env: Environment): Promise<string[]> {
  const folders = foldersOnPath(env, process.platform).map((folder) => path.resolve(folder));
  // Without a folder, `which` would look in the current one.
  if (folders.length === 0) return [];
  const places = { path: folders.join(path.delimiter), pathExt: programEndings(env).join(path.delimiter) };
  const found = new Map<string, string>();
  for (const candidate of (await which(name, { ...places, all: true, nothrow: true })) ?? []) {
    // On Windows `which` looks in the current folder too, as a shell there does: a test must not run what lies there.
    if (!folders.includes(path.dirname(candidate))) continue;
    const file = await realpath(candidate);
    if (!found.has(file)) found.set(file, candidate);
  }
  return [...found.values()];
}

/** The program that a path means: on Windows `C:\k6\k6` may be `k6.com` or `k6.exe` there. */
export async function programAt(file: string, env: Environment): Promise<string | undefined> {
  return (await which(file, { pathExt: programEndings(env).join(path.delimiter), nothrow: true })) ?? undefined;
}

/** The folders that PATH names, in order. */
export function foldersOnPath(env: Environment, platform: NodeJS.Platform): string[] {
  const isWindows = platform === 'win32';
  const variable = isWindows ? windowsVariable(env, 'PATH') : env.PATH;
  const folders = (variable ?? '').split(isWindows ? ';' : ':');
  // An empty entry would mean the current folder, and nobody writes one on purpose.
  return folders.map((folder) => (isWindows ? unquoted(folder) : folder)).filter((folder) => folder !== '');
}

/** Windows runs `.bat` and `.cmd` files only through its shell, which would also interpret the arguments. */
const STARTS_WITHOUT_SHELL = ['.com', '.exe'];

/** What the name of a program ends in on Windows, of PATHEXT as far as it starts without a shell. */
export function programEndings(env: Environment): string[] {
  const listed = (windowsVariable(env, 'PATHEXT') ?? '').toLowerCase().split(';');
  const startable = listed.filter((ending) => STARTS_WITHOUT_SHELL.includes(ending));
  return startable.length > 0 ? startable : STARTS_WITHOUT_SHELL;
}

/** `process.env` ignores case on Windows, a copy of it does not; the usual spelling there is `Path`. */
function windowsVariable(env: Environment, name: string): string | undefined {
  const spelling = Object.keys(env).find((key) => key.toUpperCase() === name);
  return spelling === undefined ? undefined : env[spelling];
}

/** Windows allows quotes around a folder whose name holds a space. */
function unquoted(folder: string): string {
  return folder.replace(/^"(.*)"$/, '$1').trim();
}
