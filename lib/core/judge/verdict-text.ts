/** A verdict, of a run or of a threshold, as a reader sees it: `no data`. */
export function verdictText(verdict: string): string {
  if (verdict === 'idle') return 'cannot be crossed';
  return verdict.replace('_', ' ');
}
