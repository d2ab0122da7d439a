import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { RunFolder } from '../../results/run-folder.ts';
import { hideSecrets } from '../known-secrets.ts';

/**
 * What a script has k6 write to standard output, such as the summary of its handleSummary(), is no result of ours: it is
 * kept in `k6-output.txt` beside them.
 * @param secrets what the script was told and must not be passed on
 * @returns takes a line
 */
export function keepOutput(
  { path: folder }: Pick<RunFolder, 'path'>,
  secrets: readonly string[],
): (line: string) => void {
  const file = path.join(folder, 'k6-output.txt');
  return (line) => {
    try {
      appendFileSync(file, `${hideSecrets(line, secrets)}\n`);
    } catch {
      // A disk that is full costs lines, and not the run.
    }
  };
}
