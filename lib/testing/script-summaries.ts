import { judgeScript, type ScriptSummary } from '../core/foreign/script/script-run.ts';
import { readRecord } from '../core/measure/record/read-record.ts';
import { linesOf, type RawSample } from './record-lines.ts';

export interface ScriptFixture {
  readonly runId: string;
  readonly release: string;
  /** Unix milliseconds. */
  readonly startedAtMs: number;
  readonly okMs: number;
  /** @default 'a' */
  readonly script?: string;
}

const REPLIES = 600;

/** A run of a script that asked for one row, as it is stored. */
export function scriptSummary({ runId, release, startedAtMs, okMs, script = 'a' }: ScriptFixture): ScriptSummary {
  const endedAtMs = startedAtMs + 60_000;
  const threshold = { metric: 'http_req_duration', source: 'p(95)<500' };
  const samples = Array.from({ length: REPLIES }, (_, i): RawSample => {
    const tags = { row: 'GET /orders/{id}', scenario: 'default', status: '200', expected_response: 'true' };
    return { metric: 'http_req_duration', value: okMs * (1 + i / REPLIES), tags };
  });
  const lines = linesOf({
    start: {
      atMs: startedAtMs,
      options: { scenarios: { default: { executor: 'constant-vus', vus: 2, duration: '1m0s' } } },
      thresholds: [{ ...threshold, abortOnFail: false }],
    },
    periods: [{ fromMs: startedAtMs, toMs: endedAtMs, samples }],
    end: {
      loadStartedAtMs: startedAtMs,
      loadEndedAtMs: endedAtMs,
      judged: [{ ...threshold, failed: okMs * 2 > 500 }],
    },
  });
  const facts = { runId, name: 'shop', file: 'shop.js', sha256: script.repeat(64), allowedHosts: [] };
  return judgeScript(readRecord(lines.map((line) => JSON.stringify(line))), facts, {
    tool: { name: 'k6-verdict', version: '0.0.0' },
    release,
    startedAt: new Date(startedAtMs),
    endedAt: new Date(endedAtMs),
    k6Version: '2.2.0',
    k6ExitCode: okMs * 2 > 500 ? 99 : 0,
    host: { platform: 'linux', arch: 'x64', cpuModel: 'any', cores: 2, memoryBytes: 1 },
    fingerprintOf: (workload) => `sha256:${workload.script.slice(0, 32)}`,
  });
}
