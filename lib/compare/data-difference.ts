import type { DataFacts } from '../core/spec/data-facts.ts';
import { counted } from '../core/spec/words.ts';
import { differs } from './difference-text.ts';

/** In what the data of two runs differs, by name: how it is picked, and whether its rows are the same. */
export function dataDifferences(one: readonly DataFacts[] = [], other: readonly DataFacts[] = []): string[] {
  const names = new Set([...one, ...other].map(({ name }) => name));
  return [...names].flatMap((name) => differenceOf(name, allOf(one, name), allOf(other, name)) ?? []);
}

/** Two definitions may call their data alike. */
function allOf(data: readonly DataFacts[], wanted: string): readonly DataFacts[] {
  return data.filter(({ name }) => name === wanted);
}

function differenceOf(name: string, one: readonly DataFacts[], other: readonly DataFacts[]): string | undefined {
  const [a, b] = [describe(one), describe(other)];
  if (a !== b) return differs(`data ${name}`, a, b);
  return hashesOf(one) === hashesOf(other) ? undefined : `data ${name}: other rows`;
}

function describe(data: readonly DataFacts[]): string {
  return data.map(describeOne).join(' and ') || 'none';
}

function describeOne({ rows, pick, seed, recycle }: DataFacts): string {
  const how = pick === 'random' ? `at random, seed ${seed}` : `one for each ${pick}`;
  return `${counted(rows, 'row')}, ${how}${recycle === true ? ', recycled' : ''}`;
}

function hashesOf(data: readonly DataFacts[]): string {
  return data.map(({ sha256 }) => sha256).join();
}
