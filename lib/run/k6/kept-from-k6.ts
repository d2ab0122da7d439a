import { kindOfVariable } from './k6-options.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Whether k6 is not told of a variable. VERDICT_* are orders of the tool to its script: from outside they would change
 * what is measured. A K6_* that nobody knows may be an option of a later k6, such as one that takes the load away.
 */
function isKept(name: string): boolean {
  return name.startsWith('VERDICT_') || (name.startsWith('K6_') && kindOfVariable(name) === 'unknown');
}

/** What is left of variables from outside for k6. */
export function forK6<V extends Variables>(variables: V): V {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !isKept(name))) as V;
}

/** What to say of the others; undefined where there are none. */
export function describeKept(variables: Variables): string | undefined {
  const names = Object.keys(variables)
    .filter((name) => isKept(name) && variables[name] !== '')
    .sort();
  if (names.length === 0) return undefined;
  return `Not handed to k6, since it is no variable that k6-verdict knows: ${names.join(', ')}.`;
}
