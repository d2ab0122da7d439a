import { expectOneRun } from '../../judge/expect-one-run.ts';
import { exitCodeOf, hostOf, instanceOf, type ProcessOfRun, timesOf, usersAtEnd } from '../../judge/processes.ts';
import type { ScriptWorkload } from '../../judge/script/script-workload.ts';
import { EndpointsTogether } from '../../measure/record/endpoints-together.ts';
import type { RunRecord } from '../../measure/record/read-record.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { ScriptRecords } from './script-records.ts';
import { judgeScript, type ScriptSummary } from './script-run.ts';

/** One of the k6 processes that sent the load of a script. */
export interface ScriptPart {
  readonly summary: ScriptSummary;
  /** What it recorded; undefined where it left no record, or it is gone. */
  readonly record: RunRecord | undefined;
}

/**
 * Folds what several k6 processes of one run of a script recorded into one, and judges it: each k6 has judged its own
 * part. Counts are sums and exact, percentiles are those of all samples together, each on the right side of its limits.
 * @param measured taken one by one: each may go as soon as the next one is asked for
 * @throws UserError for summaries that are not the processes of one run, or not all of them, and for one without its record
 */
export function mergeScripts(
  measured: Iterable<ScriptPart>,
  fingerprintOf: (workload: ScriptWorkload) => string,
): ScriptSummary {
  const records = new ScriptRecords();
  const overTime = new EndpointsTogether();
  const parts = Array.from(measured, ({ summary, record }) => {
    records.add(summary, record);
    if (record !== undefined) overTime.add(record, summary, false);
    return processOf(summary);
  }).sort((a, b) => a.instance - b.instance);
  expectOneRun(parts);
  const [{ runId, summary }] = parts;
  const { tool, k6Version, release, environment, commit, system } = summary;
  const { startedAt, endedAt } = timesOf(parts);
  const { record, facts } = records.together(runId);
  return judgeScript(record, facts, {
    tool,
    startedAt: new Date(startedAt),
    endedAt: new Date(endedAt),
    k6Version,
    host: hostOf(parts),
    fingerprintOf,
    overTimeOf: (run) => overTime.together(run),
    mergedFrom: parts.map(instanceOf),
    users: present({ mostUsers: sumOfAll(parts.map(({ load }) => load.mostUsers)), usersAtEnd: usersAtEnd(parts) }),
    ...present({
      release,
      environment,
      commit,
      system,
      k6ExitCode: exitCodeOf(parts),
      failedTeardown: parts.find(({ load }) => load.failedTeardown)?.load.failedTeardown,
      interrupted: sumOfAll(parts.map(({ load }) => load.iterations?.interrupted)),
      thrown: sum(parts.map(({ load }) => load.iterations?.thrown ?? 0)),
      unawaited: sum(parts.map(({ load }) => load.iterations?.unawaited ?? 0)),
    }),
  });
}

/** Of a summary what stays in memory: of a thousand processes their rows would not. */
interface ScriptProcess extends ProcessOfRun {
  readonly load: ProcessOfRun['load'] & ScriptSummary['load'];
  readonly summary: Pick<ScriptSummary, 'tool' | 'k6Version' | 'release' | 'environment' | 'commit' | 'system'>;
}

function processOf(summary: ScriptSummary): ScriptProcess {
  const { tool, k6Version, release, environment, commit, system, scriptSha256, instance = 1, load, totals } = summary;
  const { runId, mergedFrom, startedAt, endedAt, loadStartedAt, host, verdict, k6ExitCode } = summary;
  const { count, avg, max } = totals.latencyMs.all;
  return {
    runId,
    instance,
    fingerprint: summary.fingerprint ?? scriptSha256,
    startedAt,
    endedAt,
    host,
    verdict,
    ...present({ mergedFrom, loadStartedAt, k6ExitCode }),
    load: { ...load, windowSeconds: load.windowSeconds ?? 0 },
    totals: {
      requests: totals.requests,
      outcomes: totals.outcomes,
      latencyMs: { all: { count, ...present({ avg, max }) } },
    },
    summary: { tool, k6Version, ...present({ release, environment, commit, system }) },
  };
}

/** @returns undefined where one of them is not known */
function sumOfAll(counts: readonly (number | undefined)[]): number | undefined {
  return counts.every((count) => count !== undefined) ? sum(counts) : undefined;
}
