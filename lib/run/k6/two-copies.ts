import { type DirectExport, type Export, init, parse } from 'es-module-lexer';
import { build, type Plugin } from 'esbuild';
import { K6_MODULES } from './bundle-options.ts';

/**
 * One script of two bundles: the one that k6 reads options and summary from, and the one of its users. Every user has a
 * script of its own, and holds each function in it; so what only k6 asks for is inside a function that its copy alone
 * calls.
 * @returns nothing where a bundle cannot be put into a function: one that waits at its top level, or hands on a module
 */
export async function twoCopies(ofK6: string, ofUser: string): Promise<string | undefined> {
  await init();
  if (handsOn(ofK6)) return undefined;
  const functions = { k6: asFunction(ofK6), user: asFunction(ofUser) };
  const entry = [
    'import ofK6 from "copy:k6";',
    'import ofUser from "copy:user";',
    'const script = __VU === 0 ? ofK6() : ofUser();',
    ...exportsOf(ofK6).map(({ name }) =>
      name === 'default' ? 'export default script.default;' : `export const ${name} = script.${name};`,
    ),
  ];
  try {
    const { outputFiles } = await build({
      ...K6_MODULES,
      stdin: { contents: entry.join('\n'), sourcefile: 'entry.js' },
      plugins: [loading(functions)],
      write: false,
    });
    return outputFiles[0]?.text;
  } catch {
    return undefined;
  }
}

function loading(copies: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'copies',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^copy:/ }, ({ path }) => ({ path: path.slice('copy:'.length), namespace: 'copy' }));
      onLoad({ filter: /.*/, namespace: 'copy' }, ({ path }) => ({ contents: copies[path] ?? '' }));
    },
  };
}

/**
 * A module whose default export is a function that does what this module does, and returns what this module exports.
 * Lines stay where they are, for the source map.
 */
function asFunction(module: string): string {
  const imports = importsOf(module);
  const exported = exportsOf(module);
  const exportStart = exported[0]?.exportStart ?? module.length;
  const exportEnd = module.indexOf(';', exportStart) + 1 || module.length;
  const members = exported.map(({ name, localName = name }) => `${JSON.stringify(name)}: ${localName}`);
  const head = `${imports.map(({ text }) => text).join('; ')}; export default () => {`;
  const body = withoutImports(module.slice(0, exportStart), imports);
  return `${head}${body} return { ${members.join(', ')} }; };${module.slice(exportEnd)}`;
}

interface ImportStatement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function importsOf(module: string): ImportStatement[] {
  const [imports] = parse(module);
  return imports
    .filter(({ type }) => type === 'static')
    .map(({ importStart: start, importEnd: end }) => ({ start, end, text: module.slice(start, end) }));
}

/** Statements are taken away from the last one on, so that those before it stay where they are. */
function withoutImports(body: string, imports: readonly ImportStatement[]): string {
  return imports.reduceRight(
    (text, { start, end, text: statement }) =>
      text.slice(0, start) + '\n'.repeat(statement.split('\n').length - 1) + text.slice(end),
    body,
  );
}

/** Of an esbuild bundle: it exports in one statement, at its end. */
function exportsOf(module: string): readonly DirectExport[] {
  const [, exports] = parse(module);
  return exports.filter(isDirect);
}

/** Whether it hands on what another module exports: nothing inside a function can. */
function handsOn(module: string): boolean {
  const [imports, exports] = parse(module);
  return !exports.every(isDirect) || imports.some(({ type }) => type === 'reexport-star');
}

function isDirect(each: Export): each is DirectExport {
  return each.type === 'direct';
}
