import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { RunFolder } from '../../results/run-folder.ts';

/**
 * What a script has k6 write to standard output, such as the summary of its handleSummary(), is no result of ours: it is
 * kept in `k6-output.txt` beside them.
 * @returns takes a line
 */
export function keepOutput({ path: folder }: Pick<RunFolder, 'path'>): (line: string) => void {
  const file = path.join(folder, 'k6-output.txt');
  return (line) => {
    try {
      appendFileSync(file, `${line}\n`);
    } catch {
      // A disk that is full costs lines, and not the run.
    }
  };
}
