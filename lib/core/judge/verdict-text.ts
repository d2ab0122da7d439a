/** A verdict, of a run or of a threshold, as a reader sees it: `no data`. */
export function verdictText(verdict: string): string {
  return verdict.replace('_', ' ');
}
