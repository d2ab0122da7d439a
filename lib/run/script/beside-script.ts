import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, Plugin } from 'esbuild';

/**
 * A module for esbuild to inject: what the script opens by a relative path lies beside the script, as it does where k6
 * reads its file. From standard input k6 would start in its working folder, which stays the caller's: handleSummary()
 * writes there; a bundle lies elsewhere.
 * @param folder an expression in JavaScript: the folder with a slash at its end, or '' for what k6 does by itself
 */
export function besideScript(folder: string): string {
  return `
export const pathBesideScript = (name) =>
  typeof name !== 'string' || name === '' || /^([/\\\\]|file:|[A-Za-z]:)/.test(name) ? name : ${folder} + name;
export const open = (name, ...rest) => globalThis.open(pathBesideScript(name), ...rest);
export const resolveBeside = (folder, name) => {
  if (!/^\\.\\.?\\//.test(name)) return /^\\//.test(name) ? 'file://' + name : name;
  const steps = folder.replace(/\\/$/, '').split('/');
  for (const step of name.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
};
`;
}

const FILES_OF_K6 = 'k6/experimental/fs';

/** The folder of a script on this disk, as `besideScript` takes it. */
export function folderOnThisDisk(folder: string): string {
  return JSON.stringify(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** The same for the other module of k6 that opens files by their path. */
export function opensBesideScript(shim: string): Plugin {
  const contents = `
import fs from '${FILES_OF_K6}';
import { pathBesideScript } from ${JSON.stringify(shim)};
export const open = (name) => fs.open(pathBesideScript(name));
export const SeekMode = fs.SeekMode;
export default { open, SeekMode };
`;
  return {
    name: 'opens-beside-script',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^k6\/experimental\/fs$/ }, ({ namespace }) =>
        namespace === FILES_OF_K6
          ? { path: FILES_OF_K6, external: true }
          : { path: FILES_OF_K6, namespace: FILES_OF_K6 },
      );
      onLoad({ filter: /.*/, namespace: FILES_OF_K6 }, () => ({ contents, resolveDir: path.dirname(shim) }));
    },
  };
}

/** `import.meta.resolve()` starts from the file that it is written in, which in a bundle nobody knows any more. */
export const RESOLVES_BESIDE_FILE: Plugin = {
  name: 'resolves-beside-file',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      if (!text.includes('import.meta.resolve(')) return undefined;
      const folder = JSON.stringify(pathToFileURL(path.dirname(file)).href);
      return { contents: text.replaceAll('import.meta.resolve(', `resolveBeside(${folder}, `), loader: loaderOf(file) };
    });
  },
};

/** As esbuild takes files by their ending. */
export function loaderOf(file: string): Loader {
  const ending = path.extname(file).toLowerCase();
  if (/^\.[cm]?ts$/.test(ending)) return 'ts';
  return ending === '.tsx' ? 'tsx' : ending === '.jsx' ? 'jsx' : 'js';
}
