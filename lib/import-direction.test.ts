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

const CORE = ['core/spec', 'core/measure', 'core/questions', 'core/judge', 'core/foreign'];
const RESULTS = [...CORE, 'compare', 'report'];
const RUN = [...RESULTS, 'files', 'results', 'process', 'k6-binary'];
const TOOL = [...RUN, 'run', 'cli'];

/** docs/architecture.md, "Layout". An area that is not here may not exist. */
const RULES: Readonly<Record<string, Rule>> = {
  'core/spec': { areas: [] },
  'core/measure': { areas: ['core/spec'] },
  'core/questions': { areas: ['core/spec', 'core/measure'] },
  'core/judge': { areas: ['core/spec', 'core/measure', 'core/questions'] },
  'core/foreign': { areas: CORE },
  compare: { areas: CORE, packages: true },
  report: { areas: [...CORE, 'compare'], packages: true },
  k6: { areas: CORE, k6: true, packages: true },
  files: { areas: ['core/spec'], node: true },
  process: { areas: ['core/spec'], node: true, packages: true },
  'k6-binary': { areas: ['core/spec', 'files', 'process'], node: true, packages: true },
  results: { areas: [...RESULTS, 'files'], node: true, packages: true },
  run: { areas: RUN, node: true, packages: true },
  cli: { areas: TOOL, node: true, packages: true },
  // The first consumer of the package: it comes in by the doors.
  'reference/endpoints': { areas: [], doors: ['k6-verdict'] },
  'reference/backend': { areas: ['reference/endpoints'], doors: ['k6-verdict'], node: true, packages: true },
  thresholds: { areas: ['reference/endpoints'], doors: ['k6-verdict'] },
  scenarios: { areas: ['reference/endpoints', 'thresholds'], doors: ['k6-verdict', 'k6-verdict/k6'], k6: true },
  // Beside the product: nothing of it imports these.
  testing: { areas: [...TOOL, 'reference/backend', 'reference/endpoints'], node: true, packages: true },
  bench: { areas: [...TOOL, 'testing', 'reference/backend'], node: true, packages: true },
  'bench/scenarios': { areas: ['reference/endpoints', 'thresholds'], doors: ['k6-verdict', 'k6-verdict/k6'], k6: true },
  mutation: { areas: [], node: true, packages: true },
  // Scripts of others, as far as this project is concerned.
  'e2e/scripts/suites': { areas: [], k6: true, packages: true },
  // A consumer of the package, elsewhere as far as it knows.
  'e2e/services/scenarios': { areas: [], doors: ['k6-verdict', 'k6-verdict/k6'], k6: true },
  e2e: { areas: [...TOOL, 'testing', 'reference/backend', 'reference/endpoints'], node: true, packages: true },
};

/** What a file imports, types included. */
function importsOf(file: string, source: string): string[] {
  const imports: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) imports.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return imports;
}

/** Sources by their path from the root of the project, with slashes. */
type Sources = Readonly<Record<string, string>>;

/** `lib/core/spec/x.ts` → `core/spec`; undefined for what is in no area. */
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
    const isAllowed = (specifier: string): boolean => {
      if (isNode(specifier)) return rule.node === true;
      if (isK6(specifier)) return rule.k6 === true;
      if (isDoor(specifier)) return rule.doors?.some((door) => door === specifier) === true;
      if (!isRelative(specifier)) return rule.packages === true;
      const target = areaOf(path.posix.join(path.posix.dirname(file), specifier)) ?? 'none';
      return target === area || rule.areas.includes(target);
    };
    return importsOf(file, source)
      .filter((each) => !isAllowed(each))
      .map((specifier) => `${file} imports ${specifier}`);
  });
}

/** Every file that needs itself, if only for a type: whoever reads it must read the others as well. */
function cyclesOf(sources: Sources): string[] {
  const needs = new Map(
    Object.entries(sources).map(([file, source]) => [
      file,
      new Set(
        importsOf(file, source)
          .filter(isRelative)
          .map((specifier) => path.posix.join(path.posix.dirname(file), specifier))
          .filter((target) => Object.hasOwn(sources, target)),
      ),
    ]),
  );
  // What needs nothing that is left, or is needed by nothing that is left, is in no cycle.
  for (let before = -1; before !== needs.size; ) {
    before = needs.size;
    const needed = new Set([...needs.values()].flatMap((targets) => [...targets]));
    for (const [file, targets] of needs) if (targets.size === 0 || !needed.has(file)) needs.delete(file);
    for (const targets of needs.values()) for (const target of targets) if (!needs.has(target)) targets.delete(target);
  }
  return [...needs.keys()];
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
    for (const area of Object.keys(RULES)) if (area !== 'mutation') expect(areas).toContain(area);
    expect(importsOf('main.ts', sources['lib/cli/main.ts'] ?? '')).toContain('./program.ts');
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
    ['lib/core/spec/a.ts', "import { x } from '../measure/outcome.ts';"],
    ['lib/core/spec/a.ts', "import type { X } from '../measure/outcome.ts';"],
    ['lib/core/measure/a.ts', "import type { X } from '../questions/study.ts';"],
    ['lib/core/questions/a.ts', "import type { X } from '../judge/threshold.ts';"],
    ['lib/core/judge/a.ts', "export { x } from '../foreign/lacks.ts';"],
    ['lib/core/judge/a.ts', "export * from '../../reference/endpoints/index.ts';"],
    ['lib/core/foreign/a.ts', "let x: import('../../cli/report.ts').Run;"],
    ['lib/core/judge/a.ts', "import pc from 'picocolors';"],
    ['lib/core/judge/a.ts', "import path from 'node:path';"],
    ['lib/core/judge/a.ts', "import 'fs';"],
    ['lib/core/judge/a.ts', "import { x } from '../../../build.mjs';"],
    ['lib/core/spec/a.ts', "import { defineEndpoint } from 'k6-verdict';"],
    ['lib/compare/a.ts', "import { x } from '../report/model.ts';"],
    ['lib/report/a.ts', "import { readFileSync } from 'node:fs';"],
    ['lib/report/a.ts', "import { TOOL } from '../run/installation.ts';"],
    ['lib/report/a.ts', "import { endpoints } from '../reference/endpoints/index.ts';"],
    ['lib/k6/a.ts', "import { buildReport } from '../report/model.ts';"],
    ['lib/k6/a.ts', "import 'node:fs';"],
    ['lib/results/a.ts', "import { run } from '../run/run.ts';"],
    ['lib/results/a.ts', "import { findK6 } from '../k6-binary/find-k6.ts';"],
    ['lib/run/a.ts', "import { program } from '../cli/program.ts';"],
    ['lib/run/a.ts', "import { METRICS_PATH } from '../reference/backend/metrics.ts';"],
    ['lib/run/a.ts', "import { startBackend } from '../testing/start-backend.ts';"],
    ['lib/cli/a.ts', "import { sleep } from 'k6';"],
    ['lib/cli/a.ts', "const http = await import('k6/http');"],
    ['lib/cli/a.ts', "import type { Options } from 'k6/options';"],
    ['lib/cli/a.ts', "import { defineLoadTest } from '../k6/index.ts';"],
    ['lib/cli/a.ts', "import type { ProfileName } from '../reference/backend/profiles/profile-names.ts';"],
    ['lib/cli/a.ts', "import { endpoints } from '../reference/endpoints/index.ts';"],
    ['lib/cli/a.ts', "import { budgets } from '../../thresholds/index.ts';"],
    ['lib/cli/a.ts', "import test from '../../scenarios/smoke.ts';"],
    ['lib/k6-binary/a.ts', "import { run } from '../run/run.ts';"],
    ['lib/reference/backend/profiles/a.ts', "import { run } from '../../../run/run.ts';"],
    ['lib/reference/backend/a.ts', "import { UserError } from '../../core/spec/errors.ts';"],
    ['lib/reference/endpoints/a.ts', "import { budgets } from '../../../thresholds/index.ts';"],
    ['thresholds/a.ts', "import { constantUsers } from '../lib/k6/index.ts';"],
    ['thresholds/a.ts', "import { constantUsers } from 'k6-verdict/k6';"],
    ['scenarios/a.ts', "import { judgeRun } from '../lib/core/judge/verdict.ts';"],
    ['scenarios/a.ts', "import type { Plan } from '../lib/core/spec/load-shape.ts';"],
    ['scenarios/a.ts', "import { defineLoadTest } from '../lib/k6/index.ts';"],
    ['scenarios/a.ts', "import { tool } from 'k6-verdict/cli';"],
  ])('in %s, %s', (file, source) => {
    expect(violationsOf({ [file]: source })).toHaveLength(1);
  });

  it('a folder without a rule', () => {
    expect(violationsOf({ 'lib/utils/a.ts': '' })).toEqual(['lib/utils/a.ts is in no area that has a rule']);
  });

  it('a cycle, one of types too', () => {
    const cycle = {
      'lib/core/spec/a.ts': "import { b } from './b.ts';",
      'lib/core/spec/b.ts': "export * from './c/c.ts';",
      'lib/core/spec/c/c.ts': "import { a } from '../a.ts';",
      'lib/core/spec/d.ts': "import { a } from './a.ts';",
    };
    expect(cyclesOf(cycle)).toEqual(['lib/core/spec/a.ts', 'lib/core/spec/b.ts', 'lib/core/spec/c/c.ts']);
    expect(cyclesOf({ ...cycle, 'lib/core/spec/c/c.ts': "import type { A } from '../a.ts';" })).toHaveLength(3);
    expect(cyclesOf({ ...cycle, 'lib/core/spec/c/c.ts': 'export {};' })).toEqual([]);
    expect(cyclesOf({ 'lib/core/spec/a.ts': "import './a.ts';" })).toEqual(['lib/core/spec/a.ts']);
  });
});

it.each([
  ['scenarios/a.ts', "import { defineLoadTest } from 'k6-verdict/k6'; import { sleep } from 'k6';"],
  ['scenarios/a.ts', "import { projects } from '../lib/reference/endpoints/index.ts';"],
  ['lib/cli/a.ts', "import 'node:fs'; import 'commander'; import '../report/model.ts'; import './b.ts';"],
  ['lib/report/a.ts', "import '../core/spec/units.ts'; import 'picocolors';"],
  ['lib/k6/a.ts', "import 'k6/http'; import '../core/questions/study.ts'; import '../core/spec/units.ts';"],
  ['thresholds/index.ts', "import '../lib/reference/endpoints/index.ts'; // import 'node:fs';"],
  ['lib/core/judge/a.ts', "import '../spec/units.ts'; const text = 'import \"node:fs\"';"],
])('what is allowed is not held against %s: %s', (file, source) => {
  expect(violationsOf({ [file]: source })).toEqual([]);
});
