import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every program of this name on PATH, as absolute paths, best first. The same file reached twice (`/bin` is often
 * a link to `/usr/bin`) is named once.
 */
export async function findOnPath(
  name: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<string[]> {
  const found = new Map<string, string>();
  for (const candidate of candidatesOnPath(name, env, platform)) {
    if (!(await isProgram(candidate))) continue;
    const file = await realpath(candidate);
    if (!found.has(file)) found.set(file, candidate);
  }
  return [...found.values()];
}

/** The paths at which PATH allows a program of this name to be, whether or not something is there. */
export function candidatesOnPath(name: string, env: Environment, platform: NodeJS.Platform): string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  return foldersOnPath(env, platform).flatMap((folder) =>
    fileNamesOf(name, env, platform).map((fileName) => paths.resolve(folder, fileName)),
  );
}

/** The file names under which a program of this name may stand: on Windows `k6` means `k6.com` or `k6.exe`. */
export function fileNamesOf(name: string, env: Environment, platform: NodeJS.Platform): string[] {
  if (platform !== 'win32') return [name];
  if (STARTS_WITHOUT_SHELL.includes(path.win32.extname(name).toLowerCase())) return [name];
  return pathExtensions(env).map((extension) => name + extension.toLowerCase());
}

/** Windows runs `.bat` and `.cmd` files only through its shell, which would also interpret the arguments. */
const STARTS_WITHOUT_SHELL = ['.com', '.exe'];

function pathExtensions(env: Environment): string[] {
  const listed = (windowsVariable(env, 'PATHEXT') ?? '').split(';').filter((extension) => extension !== '');
  const startable = listed.filter((extension) => STARTS_WITHOUT_SHELL.includes(extension.toLowerCase()));
  return startable.length > 0 ? startable : STARTS_WITHOUT_SHELL;
}

function foldersOnPath(env: Environment, platform: NodeJS.Platform): string[] {
  const variable = platform === 'win32' ? windowsVariable(env, 'PATH') : env.PATH;
  const folders = (variable ?? '').split(platform === 'win32' ? ';' : ':');
  // An empty entry would mean the current folder, and nobody writes one on purpose.
  return folders.map((folder) => (platform === 'win32' ? unquoted(folder) : folder)).filter((folder) => folder !== '');
}

/** `process.env` ignores case on Windows, a copy of it does not; the usual spelling there is `Path`. */
function windowsVariable(env: Environment, name: string): string | undefined {
  const spelling = Object.keys(env).find((key) => key.toUpperCase() === name);
  return spelling === undefined ? undefined : env[spelling];
}

/** Windows allows quotes around a folder whose name holds a semicolon or a space. */
function unquoted(folder: string): string {
  return folder.replace(/^"(.*)"$/, '$1').trim();
}

async function isProgram(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
