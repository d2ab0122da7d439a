import { judgeScript, type ScriptCircumstances, type ScriptSummary } from '../../core/foreign/script/script-run.ts';
import type { ScriptFacts } from '../../core/judge/script/script-facts.ts';
import { endpointsOfRecord } from '../../core/measure/record/endpoints-of-record.ts';
import type { RunRecord } from '../../core/measure/record/read-record.ts';
import { fingerprintOfWorkload } from '../fingerprint.ts';
import { TOOL } from '../installation.ts';

/** What only the tool knows of a run of a script, as plain data: times are ISO 8601 UTC. */
export interface KnownOfScript
  extends Omit<ScriptCircumstances, 'tool' | 'startedAt' | 'endedAt' | 'fingerprintOf' | 'overTimeOf'> {
  readonly runId: string;
  readonly startedAt: string;
  readonly endedAt: string;
}

/** Judges the record of a script. */
export function summaryOfScript(
  record: RunRecord,
  facts: ScriptFacts,
  { startedAt, endedAt, ...known }: KnownOfScript,
): ScriptSummary {
  return judgeScript(record, facts, {
    ...known,
    tool: TOOL,
    startedAt: new Date(startedAt),
    endedAt: new Date(endedAt),
    fingerprintOf: fingerprintOfWorkload,
    overTimeOf: (run) => endpointsOfRecord(record, run, false),
  });
}
