import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { explained } from '../files/file-mistake.ts';
import { expectReplaceable } from '../files/replace-file.ts';
import { guardFolder } from '../process/guard.ts';

/** What the bundles of a session take, and more. */
const NEEDED_BYTES = 1024 * 1024;

/** A folder of a session, for its bundles of scenarios. It does not outlive this process. */
export interface TemporaryFolder {
  readonly path: string;
  /** May be called again. A run that has its verdict keeps it, whatever became of the disk meanwhile. */
  readonly remove: () => void;
}

/** @throws UserError where there is no room for it */
export function makeTemporaryFolder(): TemporaryFolder {
  const folder = path.resolve(makeFolder());
  guardFolder(folder);
  return {
    path: folder,
    remove: () => {
      try {
        rmSync(folder, { recursive: true, force: true });
      } catch {
        // Then it stays.
      }
    },
  };
}

function makeFolder(): string {
  try {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-'));
    expectReplaceable(path.join(folder, 'bundle.js'), NEEDED_BYTES);
    return folder;
  } catch (error) {
    throw explained(error, {
      what: `Nothing can be written into the folder for temporary files, ${os.tmpdir()}: nothing was sent.`,
      expected: 'a folder that is there and can be written (TMPDIR)',
    });
  }
}
