import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What the files of one area may import. */
interface Rule {
  /** Areas of this project, besides its own. */
  readonly areas: readonly string[];
  readonly node?: true;
  readonly k6?: true;
  /** This package by its own name, as a consumer imports it. */
  readonly doors?: readonly ('k6-verdict' | 'k6-verdict/k6')[];
  /** Packages from npm. */
  readonly packages?: true;
}

const TOOL = ['core', 'report', 'compare', 'process', 'k6-binary', 'cli'];

/** DESIGN.md, "Imports point one way". An area that is not here may not exist. */
const RULES: Readonly<Record<string, Rule>> = {
  core: { areas: [] },
  endpoints: { areas: [], doors: ['k6-verdict'] },
  thresholds: { areas: ['endpoints'], doors: ['k6-verdict'] },
  report: { areas: ['core', 'compare'], packages: true },
  compare: { areas: ['core'], packages: true },
  k6: { areas: ['core', 'endpoints'], k6: true },
  process: { areas: ['core'], node: true },
  scenarios: { areas: ['endpoints', 'thresholds'], doors: ['k6-verdict', 'k6-verdict/k6'], k6: true },
  // start-backend.ts starts it for tests and benchmarks, and needs process for it.
  backend: { areas: ['endpoints', 'process'], doors: ['k6-verdict'], node: true, packages: true },
  'k6-binary': { areas: ['core', 'process'], node: true, packages: true },
  cli: { areas: TOOL, node: true, packages: true },
  // Beside the product: nothing imports these.
  bench: { areas: [...TOOL, 'backend'], node: true, packages: true },
  'bench/scenarios': { areas: ['k6', 'core', 'endpoints', 'thresholds'], k6: true },
  mutation: { areas: [], node: true, packages: true },
  e2e: { areas: [...TOOL, 'backend'], node: true, packages: true },
};

interface Import {
  readonly specifier: string;
  /** Gone when the code runs. */
  readonly isType: boolean;
}

function importsOf(file: string, source: string): Import[] {
  const imports: Import[] = [];
  const add = (node: ts.Node | undefined, isType: boolean) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) imports.push({ specifier: node.text, isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return imports;
}

/** Sources by their path from the root of the project, with slashes. */
type Sources = Readonly<Record<string, string>>;

/** `lib/core/x.ts` → `core`; undefined for what is in no area. */
function areaOf(file: string): string | undefined {
  const folder = path.posix.dirname(file).replace(/^lib\//, '');
  return Object.keys(RULES)
    .filter((area) => folder === area || folder.startsWith(`${area}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const isRelative = (specifier: string) => /^\.{1,2}\//.test(specifier);
const isNode = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier);
const isDoor = (specifier: string) => /^k6-verdict(\/|$)/.test(specifier);
const isK6 = (specifier: string) => /^k6(\/|$)/.test(specifier);

function violationsOf(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([file, source]) => {
    const area = areaOf(file);
    const rule = area === undefined ? undefined : RULES[area];
    if (area === undefined || rule === undefined) return [`${file} is in no area that has a rule`];
    const isAllowed = ({ specifier }: Import): boolean => {
      if (isNode(specifier)) return rule.node === true;
      if (isK6(specifier)) return rule.k6 === true;
      if (isDoor(specifier)) return rule.doors?.some((door) => door === specifier) === true;
      if (!isRelative(specifier)) return rule.packages === true;
      const target = areaOf(path.posix.join(path.posix.dirname(file), specifier)) ?? 'none';
      return target === area || rule.areas.includes(target);
    };
    return importsOf(file, source)
      .filter((each) => !isAllowed(each))
      .map(({ specifier }) => `${file} imports ${specifier}`);
  });
}

/** Every file that needs itself, if only for a type: whoever reads it must read the others as well. */
function cyclesOf(sources: Sources): string[] {
  const edges = new Map(
    Object.entries(sources).map(([file, source]) => [
      file,
      importsOf(file, source)
        .filter(({ specifier }) => isRelative(specifier))
        .map(({ specifier }) => path.posix.join(path.posix.dirname(file), specifier)),
    ]),
  );
  const reach = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = [...(edges.get(start) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(edges.get(file) ?? []));
    }
    return seen;
  };
  return [...edges.keys()].filter((file) => reach(file).has(file));
}

const root = fileURLToPath(new URL('..', import.meta.url));

function readSources(): Sources {
  const files = ['lib', 'scenarios', 'thresholds'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.posix.join(folder, file.replaceAll(path.sep, '/')),
    ),
  );
  const isChecked = (file: string) =>
    file.endsWith('.ts') &&
    file !== 'lib/index.ts' &&
    !/\.test\.ts$|\.d\.ts$|\/fixtures[./]|^lib\/[^/]+\.config\.ts$/.test(file);
  return Object.fromEntries(files.filter(isChecked).map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

describe('the project', () => {
  const sources = readSources();

  it('is read whole', () => {
    const areas = new Set(Object.keys(sources).map(areaOf));
    for (const area of [
      'core',
      'endpoints',
      'thresholds',
      'report',
      'k6',
      'scenarios',
      'backend',
      'k6-binary',
      'cli',
    ]) {
      expect(areas).toContain(area);
    }
    expect(importsOf('main.ts', sources['lib/cli/main.ts'] ?? '')).toContainEqual({
      specifier: './program.ts',
      isType: false,
    });
  });

  it('imports one way', () => {
    expect(violationsOf(sources)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(cyclesOf(sources)).toEqual([]);
  });
});

describe('a planted violation is found:', () => {
  it.each([
    ['lib/core/a.ts', "import { x } from '../report/model.ts';"],
    ['lib/core/a.ts', "import type { X } from '../report/model.ts';"],
    ['lib/core/a.ts', "export { x } from '../endpoints/index.ts';"],
    ['lib/core/a.ts', "export * from '../endpoints/index.ts';"],
    ['lib/core/a.ts', "let x: import('../cli/run.ts').Run;"],
    ['lib/core/a.ts', "import pc from 'picocolors';"],
    ['lib/core/a.ts', "import path from 'node:path';"],
    ['lib/core/a.ts', "import 'fs';"],
    ['lib/endpoints/a.ts', "import { budgets } from '../../thresholds/index.ts';"],
    ['lib/report/a.ts', "import { readFileSync } from 'node:fs';"],
    ['lib/report/a.ts', "import { TOOL } from '../cli/installation.ts';"],
    ['lib/report/a.ts', "import { endpoints } from '../endpoints/index.ts';"],
    ['lib/k6/a.ts', "import { buildReport } from '../report/model.ts';"],
    ['lib/k6/a.ts', "import 'node:fs';"],
    ['lib/cli/a.ts', "import { sleep } from 'k6';"],
    ['lib/cli/a.ts', "const http = await import('k6/http');"],
    ['lib/cli/a.ts', "import type { Options } from 'k6/options';"],
    ['lib/cli/a.ts', "import { defineLoadTest } from '../k6/index.ts';"],
    ['lib/cli/a.ts', "import { endpoints } from '../endpoints/index.ts';"],
    ['lib/cli/a.ts', "import { METRICS_PATH } from '../backend/metrics.ts';"],
    ['lib/cli/a.ts', "import type { ProfileName } from '../backend/profiles/index.ts';"],
    ['lib/process/a.ts', "import { watchSignals } from '../cli/interruption.ts';"],
    ['lib/cli/a.ts', "import { budgets } from '../../thresholds/index.ts';"],
    ['lib/cli/a.ts', "import test from '../../scenarios/smoke.ts';"],
    ['lib/k6-binary/a.ts', "import { run } from '../cli/run.ts';"],
    ['lib/backend/profiles/a.ts', "import { run } from '../../cli/run.ts';"],
    ['thresholds/a.ts', "import { constantUsers } from '../lib/k6/index.ts';"],
    ['scenarios/a.ts', "import { judgeRun } from '../lib/core/verdict.ts';"],
    ['scenarios/a.ts', "import type { Plan } from '../lib/core/load-shape.ts';"],
    ['scenarios/a.ts', "import { defineLoadTest } from '../lib/k6/index.ts';"],
    ['scenarios/a.ts', "import { tool } from 'k6-verdict/cli';"],
    ['thresholds/a.ts', "import { constantUsers } from 'k6-verdict/k6';"],
    ['lib/backend/a.ts', "import { UserError } from '../core/errors.ts';"],
    ['lib/core/a.ts', "import { defineEndpoint } from 'k6-verdict';"],
    ['lib/core/a.ts', "import { x } from '../../build.mjs';"],
  ])('in %s, %s', (file, source) => {
    expect(violationsOf({ [file]: source })).toHaveLength(1);
  });

  it('a folder without a rule', () => {
    expect(violationsOf({ 'lib/utils/a.ts': '' })).toEqual(['lib/utils/a.ts is in no area that has a rule']);
  });

  it('a cycle, one of types too', () => {
    const cycle = {
      'lib/core/a.ts': "import { b } from './b.ts';",
      'lib/core/b.ts': "export * from './c/c.ts';",
      'lib/core/c/c.ts': "import { a } from '../a.ts';",
      'lib/core/d.ts': "import { a } from './a.ts';",
    };
    expect(cyclesOf(cycle)).toEqual(['lib/core/a.ts', 'lib/core/b.ts', 'lib/core/c/c.ts']);
    expect(cyclesOf({ ...cycle, 'lib/core/c/c.ts': "import type { A } from '../a.ts';" })).toHaveLength(3);
    expect(cyclesOf({ ...cycle, 'lib/core/c/c.ts': 'export {};' })).toEqual([]);
    expect(cyclesOf({ 'lib/core/a.ts': "import './a.ts';" })).toEqual(['lib/core/a.ts']);
  });
});

it.each([
  ['scenarios/a.ts', "import { defineLoadTest } from 'k6-verdict/k6'; import { sleep } from 'k6';"],
  ['lib/cli/a.ts', "import 'node:fs'; import 'commander'; import '../report/model.ts'; import './b.ts';"],
  ['lib/report/a.ts', "import '../core/units.ts'; import 'picocolors';"],
  ['lib/k6/a.ts', "import 'k6/http'; import '../endpoints/index.ts'; import '../core/units.ts';"],
  ['thresholds/index.ts', "import '../lib/endpoints/index.ts'; // import 'node:fs';"],
  ['lib/core/a.ts', 'const text = "import \'node:fs\'";'],
])('what is allowed is not held against %s: %s', (file, source) => {
  expect(violationsOf({ [file]: source })).toEqual([]);
});
