import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Installs the package of this repository in a project, as npm would: its scenarios find the doors by name. */
export function installPackage(project: string): void {
  const modules = path.join(project, 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(projectRoot, path.join(modules, 'k6-verdict'));
}
