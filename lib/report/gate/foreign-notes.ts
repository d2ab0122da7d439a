import type { ForeignRun } from '../../core/judge/run-summary.ts';
import { gatherEvidence } from '../model/evidence.ts';
import { failedChecks } from '../model/findings/failed-checks.ts';
import { judgedOnAll } from '../model/findings/judged-on-all.ts';

/** What a run of others shows beside its thresholds, and a gate that looks at these alone would pass over. */
export function foreignNotes(run: ForeignRun): string[] {
  const evidence = gatherEvidence([run]);
  return [failedChecks, judgedOnAll].flatMap((rule) => rule(evidence).map(({ summary }) => summary));
}
