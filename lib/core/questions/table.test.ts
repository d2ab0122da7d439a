import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { METRICS } from '../judge/metrics.ts';
import type { Questions } from './question.ts';
import { QUESTIONS, questionMetricNames, type StudyBudget } from './table.ts';

const lib = fileURLToPath(new URL('../../', import.meta.url));
const questions: Questions = QUESTIONS;
const kinds = QUESTIONS.map(({ kind }) => kind);

it('each question has a kind, and metrics, that are nobody else’s', () => {
  expect(new Set(kinds).size).toBe(kinds.length);
  const names = [...Object.keys(METRICS), ...questionMetricNames()];
  expect(new Set(names).size).toBe(names.length);
});

it.each(questions)('the schema of $kind is of its answer alone', ({ kind, schema }) => {
  expect(schema).toMatchObject({ properties: { kind: { const: kind } }, additionalProperties: false });
  expect(JSON.parse(JSON.stringify(schema))).toHaveProperty('required');
});

it('definitions of one name say the same in the schema of every question', () => {
  const found = new Map<string, string>();
  for (const { schema } of questions) {
    for (const [name, definition] of Object.entries((schema as { readonly $defs?: object }).$defs ?? {})) {
      expect(found.get(name) ?? JSON.stringify(definition)).toBe(JSON.stringify(definition));
      found.set(name, JSON.stringify(definition));
    }
  }
  expect(found.size).toBeGreaterThan(0);
});

it.each(kinds)('%s has its half inside k6, its scenario and its page', (kind) => {
  const file = (...parts: readonly string[]) => existsSync(path.join(lib, ...parts));
  expect(file('k6', 'questions', `${kind}.ts`)).toBe(true);
  expect(file('..', 'scenarios', `${kind}.ts`)).toBe(true);
  expect(file('..', 'docs', 'questions', `${kind}.md`)).toBe(true);
  expect(readFileSync(path.join(lib, 'k6', 'questions', 'index.ts'), 'utf8')).toContain(`'./${kind}.ts'`);
});

it('a budget that no question has does not compile', () => {
  // @ts-expect-error: there is no such metric
  const budget: StudyBudget = { freeUser: 1 };
  expect(questionMetricNames()).not.toContain(Object.keys(budget)[0]);
});

/** What runs the scenarios of this project, which are named after their questions. */
const RUNS_SCENARIOS = /^(bench|e2e|testing)\//;

it('nothing else in the house knows the name of a question', () => {
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.m?ts$/.test(file) && !/\.test\.ts$/.test(file) && !RUNS_SCENARIOS.test(file))
    .filter((file) => !/^(core|k6)\/questions\//.test(file));
  expect(files.length).toBeGreaterThan(200);
  const name = new RegExp(`['"](${kinds.join('|')})['"]|questions/(${kinds.join('|')})/`);
  expect(files.filter((file) => name.test(readFileSync(path.join(lib, file), 'utf8')))).toEqual([]);
});

it('and of the questions, none knows another', () => {
  const others = kinds.flatMap((kind) =>
    readdirSync(path.join(lib, 'core', 'questions', kind))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => [kind, readFileSync(path.join(lib, 'core', 'questions', kind, file), 'utf8')] as const)
      .filter(([own, source]) => kinds.some((other) => other !== own && source.includes(`../${other}/`))),
  );
  expect(others).toEqual([]);
});
