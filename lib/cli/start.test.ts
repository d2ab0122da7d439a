import { build, type Metafile } from 'esbuild';
import { expect, it } from 'vitest';
import { projectRoot } from '../e2e/tool.ts';
import { TOOL_BUILD } from './built-tool.mjs';

/** Every source that Node reads before the program knows what it was called for, with its size. */
function readAtStart({ outputs }: Metafile): Map<string, number> {
  const [entry = ''] = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === 'lib/cli/main.ts');
  const chunks = new Set([entry]);
  for (const chunk of chunks) {
    for (const { path, kind, external } of outputs[chunk]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) chunks.add(path);
  }
  return new Map(
    [...chunks].flatMap((chunk) =>
      Object.entries(outputs[chunk]?.inputs ?? {}).map(
        ([source, { bytesInOutput }]) => [source, bytesInOutput] as const,
      ),
    ),
  );
}

const packageOf = (source: string) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];

it('the tool starts with its commands alone: what they do is loaded when they do it', async () => {
  const { metafile } = await build({
    ...TOOL_BUILD,
    absWorkingDir: projectRoot,
    outdir: 'dist',
    metafile: true,
    write: false,
  });
  const all = new Set(Object.keys(metafile.inputs).map(packageOf));
  for (const heavy of ['ajv', 'hastscript', 'xmlbuilder2', 'cli-table3']) expect(all).toContain(heavy);
  const start = readAtStart(metafile);
  const packages = new Set([...start.keys()].flatMap((source) => packageOf(source) ?? []));
  expect([...packages].sort()).toEqual(['commander', 'picocolors']);
  const own = [...start].filter(([source]) => packageOf(source) === undefined);
  expect(own.map(([source]) => source)).toContain('lib/cli/program.ts');
  // Commands, settings, errors and tables of names: work that gets in by mistake brings several times as much.
  expect(own.reduce((bytes, [, size]) => bytes + size, 0)).toBeLessThan(88_000);
});
