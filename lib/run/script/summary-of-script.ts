import { k6SummaryOfScript } from '../../core/foreign/script/k6-summary-of-script.ts';
import { judgeScript, type ScriptCircumstances, type ScriptSummary } from '../../core/foreign/script/script-run.ts';
import type { K6SummaryData } from '../../core/judge/k6-summary/k6-summary.ts';
import type { ScriptFacts } from '../../core/judge/script/script-facts.ts';
import { endpointsOfRecord } from '../../core/measure/record/endpoints-of-record.ts';
import type { RunRecord } from '../../core/measure/record/read-record.ts';
import { expectWholeScript } from '../../results/validate-summary.ts';
import { fingerprintOfWorkload } from '../fingerprint.ts';
import { TOOL } from '../installation.ts';

/** What only the tool knows of a run of a script, as plain data: times are ISO 8601 UTC. */
export interface KnownOfScript
  extends Omit<ScriptCircumstances, 'tool' | 'startedAt' | 'endedAt' | 'fingerprintOf' | 'overTimeOf'> {
  readonly runId: string;
  readonly startedAt: string;
  readonly endedAt: string;
}

/** What is stored of a run of a script, in our shape and in that of k6's `handleSummary`. */
export interface ScriptSummaries {
  readonly summary: ScriptSummary;
  readonly k6Summary: K6SummaryData;
}

/** Judges the record of a script. @throws Error for figures that contradict each other */
export function summariesOfScript(
  record: RunRecord,
  facts: ScriptFacts,
  { startedAt, endedAt, ...known }: KnownOfScript,
): ScriptSummaries {
  const summary = judgeScript(record, facts, {
    ...known,
    tool: TOOL,
    startedAt: new Date(startedAt),
    endedAt: new Date(endedAt),
    fingerprintOf: fingerprintOfWorkload,
    overTimeOf: (run) => endpointsOfRecord(record, run, false),
  });
  return {
    summary: expectWholeScript(summary, 'the summary of this run'),
    k6Summary: k6SummaryOfScript(summary, record),
  };
}
