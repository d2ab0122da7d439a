import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { OWN_SCENARIO } from '../own-project.ts';
import { callTool, temporaryFolder } from '../tool.ts';
import { startCountingServer } from './counting-server.ts';
import { neverLoads, type Started, start, TOOL, until } from './started.ts';

/** A load that ends by itself after two seconds. */
const SHORT = { VUS: '5', DURATION: '2s', THINK_TIME: '50ms' };
const LONG = { ...SHORT, DURATION: '60s' };

function call(url: string, environment: Readonly<Record<string, string>>, ...args: string[]): Started {
  return start((results) => ({
    program: TOOL[0],
    args: [...TOOL.slice(1), ...args, '--results', results],
    environment: { ...environment, BASE_URL: url },
  }));
}

function runsOf({ results }: Started): string[] {
  return existsSync(results) ? readdirSync(results).filter((name) => name !== 'latest') : [];
}

/** The folder of the only run. */
const folderOf = (started: Started) => path.join(started.results, runsOf(started)[0] ?? '');
const has = (started: Started, file: string) => existsSync(path.join(folderOf(started), file));
const summaryOf = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'summary.json'), 'utf8')) as RunSummary;

function expectWhole(started: Started): RunSummary {
  const folder = folderOf(started);
  for (const file of ['report.html', 'report.md', 'report.json'])
    expect(readFileSync(path.join(folder, file), 'utf8')).toMatch(/(<\/html>|\n|\})\s*$/);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  return summaryOf(folder);
}

const kill = ({ child }: Started, signal: NodeJS.Signals, times: number) => {
  for (let i = 0; i < times; i += 1) child.kill(signal);
};

describe('a run that was cut short', () => {
  it.each<[NodeJS.Signals, number, number]>([
    ['SIGTERM', 2, 50],
    ['SIGHUP', 2, 50],
    ['SIGINT', 2, 100],
    ['SIGINT', 2, 300],
    ['SIGINT', 5, 600],
    ['SIGINT', 2, 1000],
  ])('by %s, %i times, %i ms apart, has its summary, its report and 105', async (signal, times, apartMs) => {
    const server = await startCountingServer();
    const started = call(server.url, LONG, 'run', 'sustained');
    await until('load is sent', () => server.count() > 20);
    for (let i = 0; i < times; i += 1) {
      started.child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, apartMs));
    }
    expect(await started.ended).toEqual({ exitCode: 105, signal: null });
    expect(expectWhole(started).verdict).toBe('incomplete');
    expect(started.output()).toContain('INCOMPLETE');
  });
});

describe('a run that was measured keeps its verdict', () => {
  it.each<[string, NodeJS.Signals, number]>([
    ['.run.json', 'SIGTERM', 1],
    ['.run.json', 'SIGINT', 5],
    ['record.ndjson.gz', 'SIGHUP', 2],
    ['summary.json', 'SIGTERM', 5],
    ['summary.json', 'SIGINT', 1],
    ['report.md', 'SIGTERM', 2],
  ])('when %s has been written and %s comes, %i times', async (file, signal, times) => {
    const server = await startCountingServer();
    const started = call(server.url, SHORT, 'run', 'sustained');
    await until('load is sent', () => server.count() > 20);
    await seen(started, file);
    kill(started, signal, times);
    const end = await started.ended;
    const summary = expectWhole(started);
    expect(summary.verdict).not.toBe('incomplete');
    expect(summary.k6ExitCode).toBeLessThan(100);
    expect(end).toEqual({ exitCode: summary.verdict === 'pass' ? 0 : 99, signal: null });
  });
});

/** Waits until a file is there, or the run has ended before that was seen. */
async function seen(started: Started, file: string): Promise<void> {
  const isThere = () => (file === '.run.json' ? hasEnd(started) : has(started, file));
  await new Promise<void>((resolve) => {
    const watcher = watch(folderOf(started), () => isThere() && watcher.close());
    watcher.on('close', () => resolve());
    void started.ended.then(() => watcher.close());
  });
}

function hasEnd(started: Started): boolean {
  try {
    return readFileSync(path.join(folderOf(started), '.run.json'), 'utf8').includes('"endedAt"');
  } catch {
    return false;
  }
}

it.each([1, 2])(
  'before any load, 130 says that nothing was sent, and k6 leaves its loading: %i times',
  async (times) => {
    const server = await startCountingServer();
    const folder = neverLoads();
    const started = start((results) => ({
      program: TOOL[0],
      args: [...TOOL.slice(1), 'run', OWN_SCENARIO, '--results', results],
      environment: { BASE_URL: server.url },
      folder,
    }));
    await until('k6 loads the scenario', () => started.k6('inspect').length > 0);
    kill(started, 'SIGINT', times);
    expect((await started.ended).exitCode).toBe(130);
    expect(server.count()).toBe(0);
    await until('nothing is left', () => started.processes().length === 0);
  },
);

/** A k6 script of the same load. */
function aScript(): string {
  const file = path.join(temporaryFolder(), 'asks.js');
  writeFileSync(
    file,
    `import http from 'k6/http';
import { sleep } from 'k6';
export const options = { vus: 5, duration: '2s', thresholds: { http_req_failed: ['rate<1'] } };
export default function () { http.get(__ENV.BASE_URL); sleep(0.05); }
`,
  );
  return file;
}

describe.each([
  ['a scenario', () => 'sustained'],
  ['a script', aScript],
])('a run of %s whose tool was killed after k6 had measured it', (_what, load) => {
  /** The folder of a run as it is when k6 has ended and the tool was killed: stopped before, it sees nothing of that. */
  async function unfinished(changes: () => object): Promise<string> {
    const server = await startCountingServer();
    const started = call(server.url, SHORT, 'run', load());
    await until('load is sent', () => server.count() > 20);
    started.child.kill('SIGSTOP');
    await until('k6 is over', () => started.k6().length === 0);
    const folder = folderOf(started);
    started.child.kill('SIGKILL');
    await until('nothing is left', () => started.processes().length === 0);
    const known = JSON.parse(readFileSync(path.join(folder, '.run.json'), 'utf8')) as object;
    writeFileSync(path.join(folder, '.run.json'), JSON.stringify({ ...known, ...changes() }));
    return folder;
  }

  const hadEnded = () => ({ k6ExitCode: 0, endedAt: new Date().toISOString() });

  it('is finished by report, and judged by gate as if nothing had been', async () => {
    const folder = await unfinished(hadEnded);
    const { exitCode, stderr } = await callTool(['report', folder]);
    expect(stderr).toContain('was measured and not finished: k6-verdict was killed');
    expect(exitCode).toBe(0);
    const { verdict, k6ExitCode, totals } = summaryOf(folder);
    expect([verdict === 'incomplete', k6ExitCode === undefined, totals.requests > 20]).toEqual([false, false, true]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(existsSync(path.join(folder, 'k6-summary.json'))).toBe(true);
    const again = await callTool(['report', folder]);
    expect(again.stderr).not.toContain('not finished');
  });

  it('is finished by gate, and incomplete where nobody saw k6 end', async () => {
    const folder = await unfinished(() => ({}));
    const { exitCode, stderr } = await callTool(['gate', folder]);
    expect(stderr).toContain('was measured and not finished');
    expect(exitCode).toBe(1);
    expect(summaryOf(folder).verdict).toBe('incomplete');
    expect(existsSync(path.join(folder, 'report.html'))).toBe(true);
  });
});
