import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningBackend, startBackend } from './start-backend.ts';

/** Hangs take 700 ms, stalls 140 ms. */
const TIME_SCALE = 0.02;
const USERS = 40;
const PATIENT_MS = 10_000;

type Outcome = number | 'timeout' | 'cut' | 'refused';

async function ask(url: string, patienceMs = PATIENT_MS): Promise<Outcome> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    await reply.arrayBuffer();
    return reply.status;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'TimeoutError') return 'timeout';
    const isRefused = error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNREFUSED';
    return isRefused ? 'refused' : 'cut';
  }
}

async function askUntilRefused(url: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const deadline = Date.now() + PATIENT_MS; outcomes.at(-1) !== 'refused' && Date.now() < deadline; ) {
    outcomes.push(await ask(url));
  }
  return outcomes;
}

async function askInTurn(urls: readonly string[]): Promise<void> {
  for (const url of urls) await ask(url);
}

describe('the service of the report', () => {
  let backend: RunningBackend;
  beforeAll(async () => {
    backend = await startBackend({ profile: 'report', args: ['--time-scale', String(TIME_SCALE)] });
  });
  afterAll(() => backend?.stop());

  const times = <Value>(count: number, act: () => Promise<Value>) => Promise.all(Array.from({ length: count }, act));

  test('meets a burst with its limits', async () => {
    const paths = ['system/stats', 'system/ports', 'services', 'agents', 'health'];
    await times(100, () => askInTurn(paths.map((path) => `${backend.url}/api/${path}`)));
    const { endpoints, totals } = await backend.readTruth();
    expect(endpoints['system-stats'].delivered).toEqual({ 200: 60, 429: 40 });
    expect(endpoints['system-ports'].delivered).toEqual({ 200: 30, 429: 70 });
    expect(endpoints.health.delivered).toEqual({ 404: 100 });
    const delivered = { 200: 210, 404: 100, 429: 190 };
    expect(totals).toEqual({ received: 500, delivered, abandoned: 0, reset: 0, inFlight: 0 });
  });

  test('crashes under users who keep asking, and counts as reset what that cut, queued or not', async () => {
    await backend.resetTruth();
    const users = times(USERS, () => askUntilRefused(`${backend.url}/api/system/processes`));
    await sleep(150);
    const impatient = await times(5, () => ask(`${backend.url}/api/projects`, 200));
    expect(impatient).toEqual(Array(5).fill('timeout'));

    const outcomes = (await users).flat();
    const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
    expect(count('refused')).toBe(USERS);
    // More were cut than arrived, if some were sent on an idle connection that the crash had closed already.
    expect(count('cut')).toBeGreaterThanOrEqual(USERS);
    expect(await ask(`${backend.url}/api/health`)).toBe('refused');

    const { endpoints, totals } = await backend.readTruth();
    expect(endpoints.projects).toMatchObject({ received: 5, delivered: {}, abandoned: 5, reset: 0 });
    expect(totals).toEqual({
      received: count(200) + 5 + USERS,
      delivered: { 200: count(200) },
      abandoned: 5,
      reset: USERS,
      inFlight: 0,
    });
  });
});
