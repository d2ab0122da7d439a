import { execFileSync } from 'node:child_process';

/** git answers at once; one that waits for a disk, or for somebody, is left alone. */
const PATIENCE_MS = 30_000;

/** What git says of the repository around a folder; undefined where it says nothing, or there is none. */
export function askGit(folder: string, ...args: readonly string[]): string | undefined {
  try {
    const answer = execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    }).trim();
    return answer === '' ? undefined : answer;
  } catch {
    return undefined;
  }
}
