import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BackendForTest, openForTests } from './backend-for-test.ts';
import { healthy } from './profiles/healthy.ts';
import type { Profile, Surroundings } from './profiles/profile.ts';

const USERS = 40;
const GUARD = { timeout: 30_000, interval: 5 };

/** A service that answers until it hangs, and crashes when it is told to; when `report` does, its own test says. */
const service = vi.hoisted(() => ({ hangs: false, crash: () => {} }));

vi.mock('./profiles/index.ts', async (importOriginal) => ({
  ...((await importOriginal()) as object),
  createProfile: (_name: string, { crash }: Surroundings): Profile => {
    service.crash = crash;
    const { answer } = healthy();
    return { answer: (id, caller) => (service.hangs ? new Promise(() => {}) : answer(id, caller)) };
  },
}));

type Outcome = number | 'gave up' | 'cut' | 'refused';

async function ask(url: string, signal?: AbortSignal): Promise<Outcome> {
  try {
    const reply = await fetch(url, signal === undefined ? {} : { signal });
    await reply.arrayBuffer();
    return reply.status;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'AbortError') return 'gave up';
    const isRefused = error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNREFUSED';
    return isRefused ? 'refused' : 'cut';
  }
}

async function askUntilRefused(url: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.at(-1) !== 'refused') outcomes.push(await ask(url));
  return outcomes;
}

describe('a service that crashes', () => {
  let backend: BackendForTest;
  beforeAll(async () => {
    backend = await openForTests();
  });
  afterAll(() => backend?.stop());

  const times = <Value>(count: number, act: () => Promise<Value>) => Promise.all(Array.from({ length: count }, act));
  const inFlight = async () => (await backend.readTruth()).totals.inFlight;

  test('counts as reset what that cut, and as abandoned what had gone before', async () => {
    const users = times(USERS, () => askUntilRefused(`${backend.url}/api/system/processes`));
    await vi.waitFor(
      async () => expect((await backend.readTruth()).totals.delivered[200]).toBeGreaterThan(USERS),
      GUARD,
    );
    service.hangs = true;
    await vi.waitFor(async () => expect(await inFlight()).toBe(USERS), GUARD);
    const patience = new AbortController();
    const impatient = times(5, () => ask(`${backend.url}/api/projects`, patience.signal));
    await vi.waitFor(async () => expect(await inFlight()).toBe(USERS + 5), GUARD);
    patience.abort();
    expect(await impatient).toEqual(Array(5).fill('gave up'));
    await vi.waitFor(async () => expect(await inFlight()).toBe(USERS), GUARD);
    service.crash();

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
