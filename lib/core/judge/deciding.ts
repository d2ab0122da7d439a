import { named } from '../spec/words.ts';
import type { StoredThreshold } from './threshold.ts';

/** Whether a run could have failed by a threshold: one that only warns, is waived or is idle says nothing for it. */
export function decides({ level, verdict }: Pick<StoredThreshold, 'level' | 'verdict'>): boolean {
  return level !== 'warn' && verdict !== 'waived' && verdict !== 'idle';
}

/** Of thresholds none of which decides: why not. */
export function whyNoneDecides(thresholds: readonly StoredThreshold[]): string {
  const idle = thresholds.filter(({ verdict }) => verdict === 'idle');
  if (idle.length === 0) return 'there is no threshold to judge by: each one only warns, or is waived';
  const limits = idle.map(({ title, metric, operator, limit }) => `${title ?? metric} ${operator} ${limit}`);
  const others = idle.length < thresholds.length ? ', or only warns or is waived' : '';
  return `no threshold here can be crossed: each one holds whatever the service does (${named(limits, 3)})${others}`;
}
