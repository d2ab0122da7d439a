import type { GeneratorHost, SystemUnderTest, TargetKind, ToolVersion } from '../../core/judge/run-summary.ts';
import { present } from '../../core/spec/present.ts';
import type { RunEvidence } from './evidence.ts';
import type { JointRecord } from './joint-record.ts';

/** What was tested, where, when and with what. */
export interface ReportHeader {
  readonly testId: string;
  /** Of the run, or of the folder of a test of several. */
  readonly runId: string;
  readonly purpose?: string;
  readonly startedAt?: string;
  readonly durationSeconds?: number;
  readonly system?: SystemUnderTest;
  /** Without credentials. */
  readonly target?: string;
  /** Where endpoints were asked besides it, by the names of the servers. */
  readonly servers?: Readonly<Record<string, string>>;
  readonly targetKind?: TargetKind;
  readonly release?: string;
  /** Of the project, as it names it. */
  readonly environment?: string;
  /** Of the project that holds the test. */
  readonly commit?: string;
  readonly tool?: ToolVersion;
  readonly k6Version?: string;
  /** In the order of the runs; null where k6 was killed, or the source does not say. */
  readonly k6ExitCodes: readonly (number | null)[];
  readonly host?: GeneratorHost;
}

export function headerOf(
  first: RunEvidence,
  runs: readonly RunEvidence[],
  joint: JointRecord | undefined,
): ReportHeader {
  const known = <Key extends keyof RunEvidence>(key: Key): RunEvidence[Key] | undefined =>
    runs.find((run) => run[key] !== undefined)?.[key];
  const optional = present({
    purpose: joint?.purpose ?? first.purpose,
    startedAt: joint?.startedAt ?? first.startedAt,
    durationSeconds: joint === undefined ? spanSeconds(runs) : secondsBetween(joint.startedAt, joint.endedAt),
    system: known('system'),
    target: known('target'),
    servers: serversOf(runs),
    targetKind: known('targetKind'),
    release: known('release'),
    environment: known('environment'),
    commit: known('commit'),
    tool: known('tool'),
    k6Version: known('k6Version'),
    host: known('host'),
  });
  return {
    testId: joint?.testId ?? first.testId,
    runId: joint?.runId ?? runs.map(({ runId }) => runId).join(', '),
    ...optional,
    k6ExitCodes: runs.map(({ k6ExitCode }) => k6ExitCode ?? null),
  };
}

function serversOf(runs: readonly RunEvidence[]): Readonly<Record<string, string>> | undefined {
  const servers = Object.assign({}, ...runs.map((run) => run.servers ?? {}));
  return Object.keys(servers).length === 0 ? undefined : servers;
}

/** From the start of the first run to the end of the last, pauses included. */
function spanSeconds(runs: readonly RunEvidence[]): number | undefined {
  if (runs.length === 1) return runs[0]?.durationSeconds;
  const starts = runs.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = runs.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const [first] = starts;
  const last = ends.at(-1);
  return first === undefined || last === undefined || ends.length < runs.length
    ? undefined
    : secondsBetween(first, last);
}

function secondsBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}
