import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import type { Tone } from '../../core/spec/document/blocks.ts';

/** The rows of a comparison as people read them: what changed first. */
export interface SortedRows {
  /** Decide, and changed or cannot be compared. */
  readonly telling: readonly ComparedRow[];
  /** The few that must be unchanged for the whole to be. */
  readonly primary: readonly ComparedRow[];
  /** Everything else. */
  readonly others: readonly ComparedRow[];
}

const TELLING: ReadonlySet<ComparedRow['state']> = new Set([
  'regressed',
  'suspect',
  'improved',
  'changed',
  'removed',
  'added',
]);

const ORDER: readonly ComparedRow['state'][] = [
  'regressed',
  'removed',
  'suspect',
  'confounded',
  'changed',
  'improved',
  'added',
];

function inOrder(rows: readonly ComparedRow[]): ComparedRow[] {
  return rows.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

export function sortRows({ rows }: Comparison): SortedRows {
  const primary = rows.filter(({ family }) => family === 'primary');
  const rest = rows.filter(({ family }) => family !== 'primary');
  const isTelling = (row: ComparedRow) =>
    TELLING.has(row.state) && (row.family !== 'information' || row.isNotable === true || row.state === 'regressed');
  return {
    primary,
    telling: inOrder(rest.filter(isTelling)),
    others: rest.filter((row) => !isTelling(row)),
  };
}

/** What a reader must see: whatever changed or may have, the worst first. What is open is among the reasons. */
export function changedRows(comparison: Comparison): readonly ComparedRow[] {
  const { primary, telling } = sortRows(comparison);
  return inOrder([...primary.filter(({ state }) => TELLING.has(state) || state === 'confounded'), ...telling]);
}

/** All rows but those that changed. */
export function restRows(comparison: Comparison): readonly ComparedRow[] {
  const changed = new Set(changedRows(comparison));
  return [...sortRows(comparison).primary, ...sortRows(comparison).others].filter((row) => !changed.has(row));
}

const TONES: Readonly<Record<ComparedRow['state'], Tone>> = {
  regressed: 'bad',
  removed: 'bad',
  suspect: 'caution',
  confounded: 'caution',
  incomparable: 'caution',
  inconclusive: 'plain',
  changed: 'caution',
  improved: 'good',
  unchanged: 'good',
  added: 'plain',
};

export function stateTone({ state }: Pick<ComparedRow, 'state'>): Tone {
  return TONES[state];
}

/** Whether there is anything to show: runs that say nothing of their workload have no row worth a look. */
export function hasFigures({ rows, decision }: Comparison): boolean {
  return decision !== 'incomparable' || rows.some(({ base, head }) => base !== undefined || head !== undefined);
}

export const DECISION_TONES: Readonly<Record<Comparison['decision'], Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'caution',
  incomparable: 'caution',
};
