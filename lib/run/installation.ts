import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where our own package is, whether it runs from its sources or from the bundle in dist/. */
const here = path.dirname(fileURLToPath(import.meta.url));
const packageRoot = ancestorWith('package.json');

function ancestorWith(file: string, folder = here): string {
  return existsSync(path.join(folder, file)) ? folder : ancestorWith(file, path.dirname(folder));
}

const { name, version } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};

/** What wrote the files. */
export const TOOL = { name, version };

/** The file that is the reference backend's process. */
export const BACKEND_ENTRY = import.meta.url.endsWith('.ts')
  ? path.join(packageRoot, 'lib', 'reference', 'backend', 'start.mjs')
  : path.join(ancestorWith('backend.mjs'), 'backend.mjs');

/** The Go module that k6 is built from. */
export const K6_MODULE_FOLDER = path.join(packageRoot, 'lib', 'k6-binary', 'module');

/** By which conditions bundlers find the doors of this package: in a checkout they are its sources. */
export const DOOR_CONDITIONS: readonly string[] = existsSync(path.join(packageRoot, 'lib', 'index.ts'))
  ? ['k6-verdict-source']
  : [];
