import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder with those above it. Step by step: Node's own recursive mkdir never returns where a folder cannot be made,
 * as under /proc.
 * @throws Error of the system
 */
export function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // A run that started together with this one was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
