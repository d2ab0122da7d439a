import type { K6Check } from '../run-summary.ts';

/** A group of a script as k6's summary has it, but without its id, which says no more than its path. */
export interface K6Group {
  readonly name: string;
  /** `::shop::cart` */
  readonly path: string;
  readonly groups: readonly K6Group[];
  readonly checks: readonly {
    readonly name: string;
    readonly path: string;
    readonly passes: number;
    readonly fails: number;
  }[];
}

/** What stands between the names of groups within each other, where their checks were stored. */
const BETWEEN = ' / ';

interface PlacedCheck {
  readonly place: readonly string[];
  readonly check: K6Check;
}

/** The group that all groups and checks of a script are in. */
export function rootGroupOf(checks: readonly K6Check[]): K6Group {
  return groupOf(
    '',
    '',
    checks.map((check) => ({ check, place: check.group?.split(BETWEEN) ?? [] })),
  );
}

function groupOf(name: string, path: string, placed: readonly PlacedCheck[]): K6Group {
  const inner = [...new Set(placed.flatMap(({ place }) => place.slice(0, 1)))];
  return {
    name,
    path,
    groups: inner.map((group) =>
      groupOf(
        group,
        `${path}::${group}`,
        placed.filter(({ place }) => place[0] === group).map(({ place, check }) => ({ check, place: place.slice(1) })),
      ),
    ),
    checks: placed
      .filter(({ place }) => place.length === 0)
      .map(({ check: { name: text, passes, fails } }) => ({ name: text, path: `${path}::${text}`, passes, fails })),
  };
}
