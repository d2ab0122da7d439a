import { isOrdinaryLoad } from '../questions/table.ts';
import { UserError } from '../spec/errors.ts';
import type { StoredRun } from './run-summary.ts';

const ITS_ANSWER = 'set limits on its result instead, by studies in the budgets';

/** @throws UserError for a scenario whose latencies say nothing of how users would fare */
export function expectOrdinaryScenario(scenario: string, study: string | undefined): void {
  if (study === undefined || isOrdinaryLoad({ kind: study })) return;
  throw new UserError({
    what: `Runs of ${scenario} cannot be compared: its test type does not send ordinary load.`,
    received: `--scenario ${scenario}`,
    expected: 'a scenario of ordinary load, such as sustained',
    todo: ITS_ANSWER,
  });
}

/** @throws UserError for runs whose latencies say nothing of how users would fare */
export function expectOrdinaryRuns(runs: readonly StoredRun[]): void {
  const other = runs.find(({ study }) => !isOrdinaryLoad(study));
  if (other === undefined) return;
  throw new UserError({
    what: 'Only runs of ordinary load can be compared, and the test type of this one sends other load.',
    received: `${other.runId}, of test type ${other.study?.kind}`,
    expected: 'runs of sustained, mixed, soak, ...',
    todo: ITS_ANSWER,
  });
}
