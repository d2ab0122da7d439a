import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin, transform } from 'esbuild';
import { UserError } from '../../core/spec/errors.ts';
import { K6_MODULES } from '../k6/bundle-options.ts';
import { besideScript, folderOnThisDisk, loaderOf, opensBesideScript, RESOLVES_BESIDE_FILE } from './beside-script.ts';

/** A script and all that it imports, as far as that is known before k6 loads it. */
export interface ScriptSources {
  /** Absolute. */
  readonly file: string;
  /** Whether k6 could not find what it imports: packages, or files without their endings. */
  readonly needsBundle: boolean;
  /** Whether it says what it exports by `module.exports`, which k6 runs as it is. */
  readonly isCommonJs: boolean;
  /** Of whatever the script imports, wherever it lies on this disk. */
  readonly sha256: string;
  /** What its authors wrote themselves, without comments and without what k6 loads from elsewhere. */
  readonly ownText: string;
  /** Whether it, or whatever it imports, speaks of BASE_URL. */
  readonly mentionsBaseUrl: boolean;
}

/** One module that another one asks for. */
interface Asked {
  readonly specifier: string;
  /** Whether k6 finds it by that name. */
  readonly isFoundByK6: boolean;
}

/**
 * Reads a script and what it imports.
 * @throws UserError with esbuild's words for one that must be bundled and cannot; what k6 cannot load without a bundle
 *   either, k6 says itself
 */
export async function readScript(file: string): Promise<ScriptSources> {
  const asked: Asked[] = [];
  try {
    const { outputFiles, metafile } = await build({
      ...bundling(file),
      sourcemap: false,
      metafile: true,
      plugins: [noting(asked)],
    });
    const whole = outputFiles[0]?.text ?? '';
    return {
      file,
      needsBundle: asked.some(({ isFoundByK6 }) => !isFoundByK6),
      isCommonJs: metafile.inputs[path.basename(file)]?.format === 'cjs',
      sha256: sha256Of(whole),
      ownText: await ownTextOf(file, metafile),
      mentionsBaseUrl: speaksOfBaseUrl(whole),
    };
  } catch (error) {
    const isHopeless = asked.some(({ specifier, isFoundByK6 }) => !isFoundByK6 && !/\.[cm]?[jt]s$/.test(specifier));
    if (isHopeless) throw notBuilt(file, error);
    const text = readFileSync(file, 'utf8');
    return {
      file,
      needsBundle: false,
      isCommonJs: false,
      sha256: sha256Of(text),
      ownText: text,
      mentionsBaseUrl: speaksOfBaseUrl(text),
    };
  }
}

/**
 * Makes one file of a script and all that it imports, for k6 to read from standard input. Nothing is written beside the
 * script.
 * @param folder for the bundle
 * @returns its path
 * @throws UserError with esbuild's words
 */
export async function bundleScript(
  { file, isCommonJs }: Pick<ScriptSources, 'file' | 'isCommonJs'>,
  folder: string,
): Promise<string> {
  const scriptFolder = path.dirname(file);
  const shim = path.join(folder, 'beside-script.js');
  const bundle = path.join(folder, 'bundle.js');
  writeFileSync(shim, besideScript(folderOnThisDisk(scriptFolder)));
  try {
    const { outputFiles } = await build({
      ...bundling(file),
      // As a module it would export all of module.exports under one name.
      format: isCommonJs ? 'cjs' : 'esm',
      inject: [shim],
      sourceRoot: scriptFolder,
      plugins: [opensBesideScript(shim), RESOLVES_BESIDE_FILE],
    });
    writeFileSync(bundle, outputFiles[0]?.text ?? '');
    return bundle;
  } catch (error) {
    throw notBuilt(file, error);
  }
}

/** @returns how esbuild makes one module of a script, for this disk alone */
function bundling(file: string) {
  const folder = path.dirname(file);
  return {
    ...K6_MODULES,
    // Comments with the paths of modules start here, so that the text is the same in every checkout.
    absWorkingDir: folder,
    entryPoints: [file],
    outfile: path.join(folder, 'bundle.js'),
    external: [...K6_MODULES.external, 'https://*', 'http://*'],
    legalComments: 'none',
    write: false,
  } satisfies BuildOptions;
}

/** Notes what is asked for, also where the build fails. */
function noting(asked: Asked[]): Plugin {
  return {
    name: 'asked',
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ path: specifier, resolveDir, importer, kind }) => {
        const isAsked = kind !== 'entry-point' && !importer.split(path.sep).includes('node_modules');
        if (isAsked) asked.push({ specifier, isFoundByK6: isFoundByK6(specifier, resolveDir) });
        return undefined;
      });
    },
  };
}

function isFoundByK6(specifier: string, folder: string): boolean {
  if (/^(k6$|k6\/|https?:\/\/)/.test(specifier)) return true;
  const file = specifier.startsWith('file://') ? new URL(specifier).pathname : specifier;
  if (!/^(\.\.?\/|\/)/.test(file) || file.endsWith('.json')) return false;
  return statSync(path.resolve(folder, file), { throwIfNoEntry: false })?.isFile() === true;
}

async function ownTextOf(script: string, { inputs }: Metafile): Promise<string> {
  const own = Object.entries(inputs).filter(([input]) => !input.split('/').includes('node_modules'));
  const texts = own.map(async ([input, { imports }]) => {
    const file = path.resolve(path.dirname(script), input);
    const text = readFileSync(file, 'utf8');
    const plain = /\.[cm]?[jt]sx?$/.test(file) ? await withoutComments(text, file) : text;
    return imports.reduce((rest, { path: imported }) => rest.replaceAll(`"${imported}"`, '""'), plain);
  });
  return (await Promise.all(texts)).join('\n');
}

async function withoutComments(text: string, file: string): Promise<string> {
  // A comment between two statements stays, unless white space goes as well.
  const { code } = await transform(text, {
    loader: loaderOf(file),
    legalComments: 'none',
    minifyWhitespace: true,
    logLevel: 'silent',
  });
  return code;
}

function speaksOfBaseUrl(text: string): boolean {
  return /\bBASE_URL\b/.test(text);
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function notBuilt(file: string, error: unknown): UserError {
  return new UserError({
    what: `The script ${path.basename(file)} imports packages, or files without their endings, and does not build.`,
    received: (error as Error).message,
    expected: 'a script that esbuild can bundle for k6',
    todo: 'install what it imports (npm install), or correct the name',
  });
}
