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
  const [imports] = parse(module);
  const statements = imports
    .filter(({ type }) => type === 'static')
    .map(({ importStart, importEnd }) => module.slice(importStart, importEnd));
  const exported = exportsOf(module);
  const exportStart = exported[0]?.exportStart ?? module.length;
  const exportEnd = module.indexOf(';', exportStart) + 1 || module.length;
  const members = exported.map(({ name, localName = name }) => `${JSON.stringify(name)}: ${localName}`);
  const withoutImports = statements.reduce(
    (text, statement) => text.replace(statement, () => '\n'.repeat(statement.split('\n').length - 1)),
    module.slice(0, exportStart),
  );
  const head = `${statements.join('; ')}; export default () => {`;
  return `${head}${withoutImports} return { ${members.join(', ')} }; };${module.slice(exportEnd)}`;
}

/** Of an esbuild bundle: it exports in one statement, at its end. */
function exportsOf(module: string): readonly DirectExport[] {
  const [, exports] = parse(module);
  return exports.filter((each: Export) => each.type === 'direct');
}
