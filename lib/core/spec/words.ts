import { formatCount } from './units.ts';

/** `1 request`, `1,234 requests`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

const MOST_NAMED = 6;

/** `a, b and c`; of many, the first ones and how many more there are. */
export function named(items: readonly string[], most = MOST_NAMED): string {
  if (items.length > most) return `${items.slice(0, most - 1).join(', ')} and ${items.length - most + 1} more`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** `is` or `are`, as the number wants it. */
export function are(count: number): 'is' | 'are' {
  return count === 1 ? 'is' : 'are';
}
