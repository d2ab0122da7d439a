// The tool as it is built, made fresh when a source is newer. Plain JavaScript: it starts before anything is built.
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What decides on the build besides the sources that esbuild names. What is installed is what the lockfiles say. */
const SURROUNDINGS = [
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
  'lib/cli/built-tool.mjs',
];

/** A build that nothing started for so long is removed. Until then it may run: a soak loads its report after days. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** The clock of a file system lags behind by as much as this. */
const CLOCK_LAG_MS = 20;
const MOST_TRIES = 5;

/** How esbuild makes the tool and the reference backend, for the starter and for `npm run build` alike. */
export const TOOL_BUILD = {
  entryPoints: { 'k6-verdict': 'lib/cli/main.ts', backend: 'lib/reference/backend/main.ts' },
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  // What a command does not need is in files that it does not read.
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['k6-verdict-source'],
  // A program of its own comes with it, which no bundle can hold.
  external: ['esbuild'],
  // What packages in CommonJS expect to find, and modules do not have.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = import.meta.filename;',
      'const __dirname = import.meta.dirname;',
    ].join('\n'),
  },
};

/**
 * A build of the tool that no source is newer than, made now if there is none.
 * @param root the checkout
 * @returns the absolute path of its folder, with `k6-verdict.mjs` and `backend.mjs` in it
 * @throws esbuild's error when the sources do not build
 */
export async function builtTool(root = projectRoot) {
  return freshBuild(root) ?? (await build(root));
}

const cacheOf = (root) => path.join(root, 'node_modules', '.cache', 'k6-verdict');
const recordOf = (root) => path.join(cacheOf(root), 'newest.json');

/** The newest build, if everything that it came from is as it was. */
function freshBuild(root) {
  const { folder = '', files = [], state } = readRecord(root);
  const built = path.join(cacheOf(root), folder);
  if (state === undefined || stateOf(root, files) !== state || !existsSync(path.join(built, 'k6-verdict.mjs'))) return;
  const now = new Date();
  utimesSync(built, now, now);
  return built;
}

function readRecord(root) {
  try {
    return JSON.parse(readFileSync(recordOf(root), 'utf8'));
  } catch {
    return {};
  }
}

/** Size and times of files. One that is gone has none, so that a deletion counts as a change. */
function stateOf(root, files) {
  return files
    .map((file) => {
      const { size, mtimeMs, ctimeMs } = statSync(path.join(root, file), { throwIfNoEntry: false }) ?? {};
      return `${file} ${size} ${mtimeMs} ${ctimeMs}`;
    })
    .join('\n');
}

async function build(root) {
  const { build: bundle } = await import('esbuild');
  const cache = cacheOf(root);
  // Each build has a folder of its own: starts side by side never write into one another's.
  const folder = randomUUID();
  const outdir = path.join(cache, folder);
  for (let tries = 1; ; tries += 1) {
    const startedAtMs = Date.now();
    const { metafile } = await bundle({
      ...TOOL_BUILD,
      absWorkingDir: root,
      outdir,
      metafile: true,
      logLevel: 'silent',
    });
    const files = [...Object.keys(metafile.inputs).filter(isOwn), ...SURROUNDINGS].sort();
    const state = stateOf(root, files);
    // What was written while esbuild read may be in the build, or not.
    if (tries < MOST_TRIES && files.some((file) => changedSince(path.join(root, file), startedAtMs - CLOCK_LAG_MS)))
      continue;
    removeOld(cache, folder);
    replace(recordOf(root), JSON.stringify({ folder, state, files }, null, 1));
    return outdir;
  }
}

const isOwn = (input) => !input.split('/').includes('node_modules');

function changedSince(file, timeMs) {
  const { ctimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return ctimeMs >= timeMs;
}

function replace(file, text) {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function removeOld(cache, newest) {
  for (const name of readdirSync(cache)) {
    const file = path.join(cache, name);
    const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {};
    if (name !== newest && Date.now() - mtimeMs > KEPT_MS) rmSync(file, { recursive: true, force: true });
  }
}
