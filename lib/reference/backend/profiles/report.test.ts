import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EndpointId, endpoints } from '../../endpoints/index.ts';
import { TruthLedger } from '../truth.ts';
import type { Profile } from './profile.ts';
import { report } from './report.ts';

const SUSTAINED: readonly EndpointId[] = [
  'system-info',
  'system-processes',
  'projects',
  'agents-active',
  'auth-validate',
];
const CLIENT_TIMEOUT_MS = 30_000;

type Outcome = number | 'timeout';

/** Sends one request, as a client that gives up after its timeout. */
async function ask(profile: Profile, id: EndpointId): Promise<Outcome> {
  const visit = new TruthLedger().requestReceived(id);
  const reply = (async () => (await profile.answer(id, visit)).status)();
  const patience = new Promise<'timeout'>((resolve) => setTimeout(resolve, CLIENT_TIMEOUT_MS, 'timeout'));
  const outcome = await Promise.race([reply, patience]);
  if (outcome === 'timeout') visit.abandoned();
  else visit.delivered(outcome);
  return outcome;
}

/** Users without think time who take turns over the sustained plan's endpoints until the crash. */
async function sustain(timeScale: number, users: number, seconds: number) {
  const startedAt = Date.now();
  let crashedAfterMs: number | undefined;
  const profile = report({
    timeScale,
    crash: () => {
      crashedAfterMs ??= Date.now() - startedAt;
    },
  });
  const outcomes: [EndpointId, Outcome][] = [];
  const user = async (first: number) => {
    for (let turn = first; crashedAfterMs === undefined && Date.now() - startedAt < seconds * 1_000; turn += 1) {
      const id = SUSTAINED[turn % SUSTAINED.length] as EndpointId;
      const outcome = await ask(profile, id);
      if (crashedAfterMs === undefined) outcomes.push([id, outcome]);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  for (let first = 0; first < users; first += 1) user(first);
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
  const count = (of: (id: EndpointId, outcome: Outcome) => boolean) => outcomes.filter((entry) => of(...entry)).length;
  return { crashedAfterMs, done: outcomes.length, count };
}

describe('the backend of the report', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('answers one request at a time quickly with 200, but health with 404', async () => {
    const profile = report({ timeScale: 1, crash: () => {} });
    for (const { id } of endpoints) {
      const startedAt = Date.now();
      const answer = ask(profile, id);
      await vi.advanceTimersByTimeAsync(25);
      expect([id, await answer]).toEqual([id, id === 'health' ? 404 : 200]);
      expect(Date.now() - startedAt).toBeLessThan(30);
    }
  });

  test('serves the accepted requests of a burst at once', async () => {
    const crash = vi.fn();
    const profile = report({ timeScale: 1, crash });
    const burst = (['system-stats', 'system-ports', 'services', 'agents'] as const).flatMap((id) =>
      Array.from({ length: 60 }, () => ask(profile, id)),
    );
    await vi.advanceTimersByTimeAsync(200);
    expect(new Set(await Promise.all(burst))).toEqual(new Set([200]));
    expect(crash).not.toHaveBeenCalled();
  });

  test.each(['system-processes', 'system-network'] as const)('lets %s hang in a crowd only', async (id) => {
    const profile = report({ timeScale: 1, crash: () => {} });
    const asked = Array.from({ length: 3 }, () => ask(profile, id));
    await vi.advanceTimersByTimeAsync(CLIENT_TIMEOUT_MS);
    expect(await Promise.all(asked)).toEqual([200, 200, 'timeout']);
  });

  test('breaks down under fifty users who keep asking, after their third timeout', async () => {
    const { crashedAfterMs, done, count } = await sustain(1, 50, 120);
    expect(crashedAfterMs).toBeGreaterThan(112_000);
    expect(crashedAfterMs).toBeLessThan(115_000);
    const ofProcesses = count((id) => id === 'system-processes');
    const timedOut = count((id, outcome) => id === 'system-processes' && outcome === 'timeout');
    expect(timedOut / ofProcesses).toBeGreaterThan(0.9);
    const othersTimedOut = count((id, outcome) => id !== 'system-processes' && outcome === 'timeout');
    expect(othersTimedOut).toBeGreaterThan(10);
    expect(count((_id, outcome) => outcome === 200)).toBeGreaterThan(200);
    const planned = 50 * 50;
    expect(done).toBeGreaterThan(planned / 5);
    expect(done).toBeLessThan(planned / 2);
  });

  test('survives as many users as it has workers', async () => {
    const { crashedAfterMs, count } = await sustain(1, 30, 200);
    expect(crashedAfterMs).toBeUndefined();
    expect(count((id, outcome) => id === 'system-processes' && outcome === 'timeout')).toBeGreaterThan(30);
  });

  test('scales all of its times', async () => {
    const { crashedAfterMs } = await sustain(0.5, 50, 60);
    expect(crashedAfterMs).toBeGreaterThan(56_000);
    expect(crashedAfterMs).toBeLessThan(60_000);
  });
});
