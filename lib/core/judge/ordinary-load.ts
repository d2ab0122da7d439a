import { isOrdinaryLoad } from '../questions/table.ts';
import { UserError } from '../spec/errors.ts';
import type { StoredRun } from './run-summary.ts';

const ITS_ANSWER = 'hold its answer against the studies of the budgets instead';

/** @throws UserError for a scenario whose latencies say nothing of how users would fare */
export function expectOrdinaryScenario(scenario: string, study: string | undefined): void {
  if (study === undefined || isOrdinaryLoad({ kind: study })) return;
  throw new UserError({
    what: `Runs of ${scenario} cannot be compared: it sends what no user would, to answer a question.`,
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
    what: 'Only runs of ordinary load can be compared: this one sent what no user would, to answer a question.',
    received: `${other.runId}, a study of ${other.study?.kind}`,
    expected: 'runs of sustained, mixed, soak, ...',
    todo: ITS_ANSWER,
  });
}
