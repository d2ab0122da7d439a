import type { Journey } from './journey-definition.ts';

/** Picks journeys at random, each as often as its weight says. */
export function picking(journeys: readonly Journey[], mix: Readonly<Record<string, number>>): () => Journey {
  const weighted = journeys.filter(({ name }) => (mix[name] ?? 0) > 0);
  const [first] = weighted;
  if (first === undefined) throw new Error('No journey of the mix has a weight.');
  if (weighted.length === 1) return () => first;
  const total = weighted.reduce((all, { name }) => all + (mix[name] ?? 0), 0);
  return () => {
    let left = Math.random() * total;
    for (const journey of weighted) {
      left -= mix[journey.name] ?? 0;
      if (left < 0) return journey;
    }
    return first;
  };
}
