import type { StartLine, Tags } from './record-format.ts';

/** Of a script of somebody else, what of it sent a request, made a check or measured something. */
export type PartOfScript = 'setup' | 'load' | 'teardown';

/**
 * Tells the parts of a script apart by the tags of a series. k6 names a scenario in the load alone, and gives `setup()`
 * and `teardown()` groups of their own names. Where the script has taken k6's tag `scenario` away, which is known when
 * `systemTags` are among the options that are noted, groups tell them, and what is in none is of the load.
 */
export function partOfScript({ systemTags }: StartLine['options']): (tags: Tags) => PartOfScript {
  const hasScenarios = !Array.isArray(systemTags) || systemTags.includes('scenario');
  return ({ scenario, group }) => {
    if (scenario !== undefined) return 'load';
    if (isIn(group, 'teardown')) return 'teardown';
    return hasScenarios || isIn(group, 'setup') ? 'setup' : 'load';
  };
}

function isIn(group: string | undefined, part: PartOfScript): boolean {
  return group === `::${part}` || group?.startsWith(`::${part}::`) === true;
}
