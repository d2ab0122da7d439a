import type { ComparedRow } from './comparison.ts';
import type { Estimate } from './estimate.ts';
import { benjaminiHochberg, holm } from './multiple-testing.ts';
import { QUANTILES, type RowDefinition } from './row-definition.ts';
import { isOfAll, nameOfSubject } from './row-subject.ts';
import { type Decided, type Margins, stateOf } from './state.ts';

/** A row on its way: what its runs say of it, before the other rows of its family are known. */
export interface Draft {
  readonly definition: RowDefinition;
  readonly row: Omit<ComparedRow, 'state'>;
  readonly estimate?: Estimate;
  readonly margins?: Margins;
  readonly test?: Decided;
  readonly variance?: number;
  /** Decided already. */
  readonly state?: ComparedRow['state'];
}

/** Gives every row its state, each family held to its own level. */
export function decideFamilies(drafts: readonly Draft[], alpha: number): ComparedRow[] {
  const adjusted = adjustFamilies(drafts);
  return withConfounded(drafts.map((draft) => finish(draft, adjusted.get(draft), alpha)));
}

interface Adjusted {
  readonly pWorse: number;
  readonly pBetter: number;
  readonly isNotable: boolean;
}

const NOTABLE = 0.05;

/** Families that decide are held to one false alarm (Holm); rows for information to a share of them. */
function adjustFamilies(drafts: readonly Draft[]): Map<Draft, Adjusted> {
  const result = new Map<Draft, Adjusted>();
  const decidable = drafts.filter(({ test, state }) => test !== undefined && state === undefined);
  for (const key of new Set(decidable.map(familyKey))) {
    const family = decidable.filter((draft) => familyKey(draft) === key);
    const adjust = family[0]?.row.family === 'information' ? benjaminiHochberg : holm;
    const worse = adjust(family.map(({ test }) => test?.pWorse ?? 1));
    const better = adjust(family.map(({ test }) => test?.pBetter ?? 1));
    family.forEach((draft, i) => {
      const p = { pWorse: worse[i] ?? 1, pBetter: better[i] ?? 1 };
      const isNotable = draft.row.family === 'information' && Math.min(p.pWorse, p.pBetter) <= NOTABLE;
      result.set(draft, { ...p, isNotable });
    });
  }
  return result;
}

function familyKey({ row }: Draft): string {
  return row.family === 'information'
    ? `information ${row.metric} ${isOfAll(row) ? 'overall' : row.journey === undefined ? '' : 'of journeys'}`
    : row.family;
}

function finish(draft: Draft, adjusted: Adjusted | undefined, alpha: number): ComparedRow {
  const { row, estimate, margins, test, definition } = draft;
  if (draft.state !== undefined || !estimate || !margins || !test || !adjusted)
    return { ...row, state: draft.state ?? 'inconclusive' };
  const state = stateOf(estimate.difference, test, adjusted, margins, alpha, definition.worse === 'either');
  const isReal = test.low > 0 || test.high < 0;
  return {
    ...row,
    pWorseAdjusted: adjusted.pWorse,
    state,
    ...(state === 'unchanged' && isReal ? { isRealButSmall: true as const } : {}),
    ...(adjusted.isNotable ? { isNotable: true as const } : {}),
  };
}

const LATENCIES: ReadonlySet<string> = new Set(['p95-geomean', ...Object.keys(QUANTILES), 'mean', 'over-limit']);
const FAILURES: ReadonlySet<string> = new Set(['failures', 'timeouts', 'refused', 'server-errors', 'rate-limited']);

/** What fails fast leaves the others faster. A slowdown in spite of that is one. */
function withConfounded(rows: readonly ComparedRow[]): ComparedRow[] {
  const changed = rows.filter(
    ({ metric, state }) => FAILURES.has(metric) && (state === 'regressed' || state === 'changed'),
  );
  return rows.map((row) => {
    const isTouched = changed.some((failed) => isOfAll(row) || nameOfSubject(failed) === nameOfSubject(row));
    const stays = row.state === 'regressed' || row.state === 'incomparable';
    if (!LATENCIES.has(row.metric) || !isTouched || stays) return row;
    const { isRealButSmall: _, ...others } = row;
    return { ...others, state: 'confounded', reason: 'the failure rate changed too, which by itself changes latency' };
  });
}
