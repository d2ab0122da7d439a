/** What to say to somebody who misspelt a name: undefined where none comes near. */
export function didYouMean(name: string, names: readonly string[]): string | undefined {
  const nearest = closest(name, names);
  return nearest === undefined ? undefined : `did you mean "${nearest}"?`;
}

/** The name that is spelled most like another; undefined where none comes near. */
export function closest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((each) => ({ each, distance: distanceBetween(name.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.each : undefined;
}

/** How many letters must be changed, added or left out (Levenshtein). */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
