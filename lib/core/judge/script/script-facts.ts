import type { StartLine } from '../../measure/record/record-format.ts';
import type { RowBudgets } from './script-budgets.ts';

/** What the record of a script says of it, beside what k6 measured: with it a record can be judged alone. */
export interface ScriptFacts {
  readonly runId: string;
  /** Its file's name without the extension. */
  readonly name: string;
  /** The test that it is a part of; absent where it is one by itself. */
  readonly testId?: string;
  /** The file, as its user named it. */
  readonly file: string;
  /** Of the bundle: whatever the script imports counts. */
  readonly sha256: string;
  /** Hosts that may be loaded, besides loopback. */
  readonly allowedHosts: readonly string[];
  /** The engine of k6 was off: it judged no threshold, and did not call `handleSummary()`. */
  readonly isEngineOff?: true;
  /** What the project asks of it beside its own thresholds; absent where it asks nothing. */
  readonly budgets?: RowBudgets;
}

/** What a record says of its script; undefined for one that is of a scenario, or of no run of ours. */
export function scriptFactsIn({ test }: Pick<StartLine, 'test'>): ScriptFacts | undefined {
  const isOfScript = typeof test === 'object' && test !== null && 'sha256' in test;
  return isOfScript ? (test as ScriptFacts) : undefined;
}
