import { counted } from '../core/spec/words.ts';
import type { ComparedRow, ComparisonDecision } from './comparison.ts';
import { changeText, shortNameOf } from './describe.ts';
import { isGated } from './gated.ts';

/**
 * The headline of a comparison. It never says less than its rows: whatever is called regressed in a row is told here,
 * and so is what may be worse, and what was not compared.
 */
export function headlineOf(
  decision: ComparisonDecision,
  rows: readonly ComparedRow[],
  { isSelfCheck, isCompared }: { readonly isSelfCheck: boolean; readonly isCompared: boolean },
): string {
  if (!isCompared) return 'NOT COMPARED: these runs cannot show a change.';
  const gated = rows.filter(isGated);
  const of = (state: ComparedRow['state']) => gated.filter((row) => row.state === state && row.accepted === undefined);
  const said = [opening(decision, { of, rows, gated, isSelfCheck }), ...remarks(decision, rows)];
  return `${said.join('; ')}.`;
}

interface Seen {
  readonly of: (state: ComparedRow['state']) => readonly ComparedRow[];
  readonly rows: readonly ComparedRow[];
  readonly gated: readonly ComparedRow[];
  readonly isSelfCheck: boolean;
}

function opening(decision: ComparisonDecision, { of, rows, gated, isSelfCheck }: Seen): string {
  switch (decision) {
    case 'fail': {
      const regressed = of('regressed');
      const what = regressed.length > 0 ? `REGRESSED: ${named(regressed)}` : `SUSPECT: ${named(of('suspect'))}`;
      return `${what}${isSelfCheck ? ', though both sides are the same' : ''}`;
    }
    case 'incomparable':
      return `NOT COMPARED: ${nothingToCompare(gated)}`;
    case 'inconclusive':
      return `INCONCLUSIVE: ${whatRegressedAnyway(rows) ?? 'these runs cannot show whether anything got worse'}`;
    case 'pass': {
      const improved = of('improved');
      const notWorse = of('suspect').length === 0 ? 'no gated figure got worse' : 'no figure is known to be worse';
      if (gated.some(({ accepted }) => accepted !== undefined))
        return `ACCEPTED: every regression is accepted for now${improved.length > 0 ? `; improved: ${named(improved)}` : ''}`;
      if (improved.length > 0)
        return `IMPROVED: ${named(improved)}; ${isSelfCheck ? 'though both sides are the same' : notWorse}`;
      return isSelfCheck ? 'UNCHANGED, as it must be: both sides are the same' : `UNCHANGED: ${notWorse}`;
    }
  }
}

/**
 * `1 row regressed (not gated): projects: p50 +362 %`. Beside such a row nobody may read that nothing can be told.
 * @returns undefined where no row regressed
 */
function whatRegressedAnyway(rows: readonly ComparedRow[]): string | undefined {
  const regressed = rows.filter(({ state }) => state === 'regressed');
  const told = [
    toldAs('not gated', regressed.filter(isAside)),
    toldAs(
      'accepted',
      regressed.filter(({ accepted }) => accepted !== undefined),
    ),
  ].flat();
  return told.length === 0 ? undefined : told.join('; ');
}

function toldAs(why: string, rows: readonly ComparedRow[]): string[] {
  if (rows.length === 0) return [];
  const names = firstOf(rows.map((row) => `${shortNameOf(row)} ${changeText(row.change, row.unit)}`));
  return [`${counted(rows.length, 'row')} regressed (${why}): ${names}`];
}

/** Regressed, and never the reason that a comparison fails. */
function isAside(row: ComparedRow): boolean {
  return !isGated(row) && row.state === 'regressed';
}

function nothingToCompare(gated: readonly ComparedRow[]): string {
  return (['head', 'base'] as const)
    .map((side) => ({ side, rows: gated.filter(({ missingIn }) => missingIn === side) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ side, rows }) => `${side} has nothing to compare for ${named(rows)}`)
    .join('; ');
}

function remarks(decision: ComparisonDecision, rows: readonly ComparedRow[]): string[] {
  const gated = rows.filter(isGated);
  const suspect = gated.filter(({ state, accepted }) => state === 'suspect' && accepted === undefined);
  const uncompared = gated.filter(
    (row) =>
      row.family !== 'primary' &&
      row.state === 'incomparable' &&
      !(decision === 'incomparable' && row.missingIn !== undefined),
  );
  const aside = rows.filter(isAside);
  const isTold = decision === 'fail' && !gated.some(({ state, accepted }) => state === 'regressed' && !accepted);
  return [
    ...(suspect.length > 0 && !isTold ? [`may be worse: ${named(suspect)}`] : []),
    ...(uncompared.length > 0 ? [`not compared: ${named(uncompared)}`] : []),
    ...toldAside(decision, aside),
  ];
}

/** The opening of what is inconclusive has told it. */
function toldAside(decision: ComparisonDecision, aside: readonly ComparedRow[]): string[] {
  if (decision === 'inconclusive') return [];
  if (decision === 'fail')
    return aside.length === 0 ? [] : [`also regressed, but not gated: ${counted(aside.length, 'row')}`];
  return toldAs('not gated', aside);
}

const MOST_NAMED = 3;

function named(rows: readonly ComparedRow[]): string {
  return firstOf(rows.map(shortNameOf));
}

function firstOf(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest > 0 ? `${names.slice(0, MOST_NAMED).join('; ')}; and ${rest} more` : names.join('; ');
}
