import type { K6Check } from '../judge/run-summary.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { formatCount } from '../spec/units.ts';
import type { K6File } from './k6-file.ts';
import { isObject } from './recognise.ts';
import { withoutSecrets } from './without-secrets.ts';

type Json = Readonly<Record<string, unknown>>;

/** The checks of a script, by name. */
export interface ReadChecks {
  readonly checks: readonly K6Check[];
  /** Names of the groups in which there is no check: k6 stores nothing else of them. */
  readonly groups: readonly string[];
  /** Where the checks by name are not those that k6 counted together. */
  readonly contradiction?: string;
}

/** What any of k6's shapes says of checks: under the groups they are in, or in a list. */
export function readChecks(json: Json, { metrics }: Pick<K6File, 'metrics'>): ReadChecks {
  const found = isObject(json.root_group) ? readGroup(json.root_group, []) : { checks: [], groups: [] };
  const checks = [...found.checks, ...listed(json).flatMap((check) => readCheck(check, []))];
  const { passes, fails } = metrics.get('checks')?.values ?? {};
  const isTold = passes !== undefined && fails !== undefined && isCount(passes) && isCount(fails) && passes + fails > 0;
  if (!isTold) return { checks, groups: found.groups };
  if (checks.length === 0) return { checks: [{ name: UNNAMED, passes, fails }], groups: found.groups };
  const contradiction = contradictionOf(checks, { passes, fails });
  return { checks, groups: found.groups, ...present({ contradiction }) };
}

function contradictionOf(
  checks: readonly K6Check[],
  { passes, fails }: Pick<K6Check, 'passes' | 'fails'>,
): string | undefined {
  const passed = sum(checks.map((check) => check.passes));
  const failed = sum(checks.map((check) => check.fails));
  if (passed === passes && failed === fails) return undefined;
  return `the checks by name add up to ${formatCount(passed)} passed and ${formatCount(failed)} failed, k6 counted ${formatCount(passes)} and ${formatCount(fails)}.`;
}

const UNNAMED = 'all checks (their names are not stored)';

function listed({ results }: Json): readonly unknown[] {
  return isObject(results) && isObject(results.checks) ? membersOf(results.checks.results) : [];
}

/** Lists in handleSummary, objects in --summary-export. */
function membersOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
}

/** No script nests deeper; a file that does was not written by k6. */
const DEEPEST = 20;

function readGroup(group: Json, path: readonly string[]): ReadChecks {
  const checks = membersOf(group.checks).flatMap((check) => readCheck(check, path));
  const inner = path.length >= DEEPEST ? [] : membersOf(group.groups);
  const parts = inner.flatMap((each) =>
    isObject(each) && typeof each.name === 'string' ? [readGroup(each, [...path, each.name])] : [],
  );
  const isEmpty = path.length > 0 && checks.length === 0 && parts.length === 0;
  return {
    checks: [...checks, ...parts.flatMap((part) => part.checks)],
    groups: [...(isEmpty ? [nameOf(path)] : []), ...parts.flatMap(({ groups }) => groups)],
  };
}

function readCheck(check: unknown, path: readonly string[]): K6Check[] {
  if (!isObject(check) || typeof check.name !== 'string') return [];
  const { name, passes, fails } = check;
  if (!isCount(passes) || !isCount(fails)) return [];
  const group = path.length === 0 ? undefined : nameOf(path);
  return [{ name: shown(name), ...present({ group }), passes, fails }];
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function nameOf(path: readonly string[]): string {
  return shown(path.join(' / '));
}

const LONGEST = 200;

function shown(name: string): string {
  return withoutSecrets(name).slice(0, LONGEST);
}
