import { checksOf } from '../../judge/custom-of-record.ts';
import type { ForeignRun, GeneratorHost, MergedInstance, RunSummary, ToolVersion } from '../../judge/run-summary.ts';
import type { ScriptFacts } from '../../judge/script/script-facts.ts';
import type { ScriptWorkload } from '../../judge/script/script-workload.ts';
import { judgeRun, type Verdict, worstVerdict } from '../../judge/verdict.ts';
import type { EndpointsOverTime } from '../../measure/endpoints-over-time.ts';
import type { LoadedEndpoints } from '../../measure/record/endpoints-of-record.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { TrendSeries } from '../../measure/record/request-cells.ts';
import { present } from '../../spec/present.ts';
import { dayOf } from '../../spec/waiver.ts';
import { otherFigures } from '../other-figures.ts';
import { readThresholds } from '../read-thresholds.ts';
import { figuresOfScript, judgeBudgets } from './figures-of-script.ts';
import { hostsNotAllowed } from './hosts-not-allowed.ts';
import { lacksOfScript } from './lacks-of-script.ts';
import type { UsersOfLoad } from './load-of-script.ts';
import { asK6Holds, heldByNone } from './without-samples.ts';

export const SCRIPT_SCHEMA_VERSION = 1;

/** `summary.json` of a script of somebody else: what k6 did with it, and what k6 found of its thresholds. */
export interface ScriptSummary
  extends Omit<ForeignRun, 'source' | 'lacks' | KnownFacts>,
    Required<Pick<ForeignRun, KnownFacts>> {
  readonly schemaVersion: typeof SCRIPT_SCHEMA_VERSION;
  readonly source: 'script';
  readonly tool: ToolVersion;
  /** The script as its user named it. */
  readonly script: string;
  /** Of the script with all that it imports. */
  readonly scriptSha256: string;
  readonly hosts: readonly string[];
  /** What was not told of this run, one sentence each. */
  readonly lacks: readonly string[];
}

/** What other runs of others need not say. */
type KnownFacts = 'startedAt' | 'endedAt' | 'durationSeconds' | 'k6Version' | 'host';

/** What k6 cannot know of its own run. */
export interface ScriptCircumstances
  extends Partial<Pick<RunSummary, 'release' | 'environment' | 'commit' | 'system' | 'k6ExitCode'>> {
  readonly tool: ToolVersion;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly k6Version: string;
  readonly host: GeneratorHost;
  /** Iterations that k6 ended before they came to their end; absent where it did not say. */
  readonly interrupted?: number;
  /** Iterations that an exception ended, which k6 takes for complete; absent where nobody counted them. */
  readonly thrown?: number;
  /** Those of them whose exception came out of a promise that nobody awaited, or of an iteration that is async itself. */
  readonly unawaited?: number;
  /** The last exception outside of the load, as k6 logged it. */
  readonly saidOutside?: string;
  /** Why the teardown of one of several k6 processes failed. */
  readonly failedTeardown?: string;
  /** The k6 processes whose records are merged, ... */
  readonly mergedFrom?: readonly MergedInstance[];
  /** ... and the users of all of them. @default those of the record */
  readonly users?: UsersOfLoad;
  readonly fingerprintOf: (workload: ScriptWorkload) => string;
  /** The rows over time; absent where nobody kept them. */
  readonly overTimeOf?: (run: LoadedEndpoints) => EndpointsOverTime | undefined;
}

const HOW_TO_SET_LIMITS =
  "add to the script's options: thresholds: { http_req_failed: ['rate<0.01'], http_req_duration: ['p(95)<500'] }";

/** Judges a script that k6 ran by what k6 recorded and found of its thresholds: k6's word stands. */
export function judgeScript(
  record: RecordTotals,
  facts: ScriptFacts,
  circumstances: ScriptCircumstances,
): ScriptSummary {
  const { tool, startedAt, endedAt, k6Version, host, mergedFrom } = circumstances;
  const { release, environment, commit, system, k6ExitCode } = circumstances;
  const figuresOfLoad = figuresOfScript(record, facts, circumstances);
  const { requests, endpoints, totals, file, workload, sent: all } = figuresOfLoad;
  const { load, ...sent } = all;
  const { thresholds: read, k6Thresholds, unread } = readThresholds(file);
  const ofScript = asK6Holds(read, record.isWhole);
  const { figures, left } = otherFigures(file);
  const ofRows = judgeBudgets(facts, figuresOfLoad, dayOf(endedAt));
  const thresholds = [...ofScript, ...ofRows];
  const judged = judgeRun({
    load,
    endpoints,
    thresholds,
    unread,
    howToGetThresholds: HOW_TO_SET_LIMITS,
    // What a script does not ask for, nobody decides for it.
    neverOk: [],
    k6Thresholds,
    k6ExitCode,
    ...present({ mergedFrom }),
  });
  const { verdict, reasons } = withHosts(judged, hostsNotAllowed(record, facts.allowedHosts));
  return {
    schemaVersion: SCRIPT_SCHEMA_VERSION,
    source: 'script',
    tool,
    script: facts.file,
    scriptSha256: facts.sha256,
    runId: facts.runId,
    testId: facts.testId ?? facts.name,
    scenario: facts.name,
    ...present({ release, environment, commit, system, k6ExitCode, mergedFrom }),
    ...sent,
    ...present({ overTime: circumstances.overTimeOf?.({ ...sent, load, endpoints }) }),
    verdict,
    reasons,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
    k6Version,
    host,
    fingerprint: circumstances.fingerprintOf(workload),
    workload,
    hosts: [...new Set([...record.hosts, ...record.addresses])],
    load,
    totals,
    endpoints,
    thresholds,
    k6Thresholds,
    atRest: [],
    lacks: lacksOfScript(record, {
      leftOut: left,
      ...load.iterations,
      heldByNone: heldByNone(ofScript),
      isEngineOff: facts.isEngineOff ?? false,
      isMerged: mergedFrom !== undefined,
    }),
    k6: { statuses: statusesOf(requests), checks: checksOf(record.series), figures, impossible: [] },
  };
}

/**
 * A stored run of a script. Its thresholds, its load and the end of k6 decide again: nothing makes a verdict better that
 * somebody changed in the file.
 */
export function readScriptSummary({ schemaVersion: _, ...stored }: ScriptSummary): ForeignRun {
  const { script: __, scriptSha256: ___, hosts: ____, ...own } = stored;
  const run = { ...own, ...present({ k6Options: own.workload?.k6Options }) };
  const again = judgeRun({ ...run, howToGetThresholds: HOW_TO_SET_LIMITS, neverOk: [], k6ExitCode: run.k6ExitCode });
  const verdict = worstVerdict([run.verdict, again.verdict]);
  return { ...run, verdict, reasons: verdict === run.verdict ? run.reasons : again.reasons };
}

function withHosts(
  { verdict, reasons }: { readonly verdict: Verdict; readonly reasons: readonly string[] },
  hosts: readonly string[],
): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  if (hosts.length === 0) return { verdict, reasons };
  const text = `load went to ${hosts.join(', ')}, which LOAD_ALLOW_HOSTS does not name`;
  return { verdict: worstVerdict([verdict, 'fail']), reasons: [text, ...(verdict === 'pass' ? [] : reasons)] };
}

function statusesOf(requests: readonly TrendSeries[]): { status: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { tags, trend } of requests) {
    const status = Number(tags.status ?? 0);
    if (status > 0) counts.set(status, (counts.get(status) ?? 0) + trend.count);
  }
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => a.status - b.status);
}
