import { execFileSync } from 'node:child_process';

/** The release that a checkout is at, as `git describe` names it; undefined where there is no repository. */
export function releaseOf(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  try {
    const name = execFileSync('git', ['describe', '--tags', '--always', '--dirty'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return name === '' ? undefined : name;
  } catch {
    return undefined;
  }
}
