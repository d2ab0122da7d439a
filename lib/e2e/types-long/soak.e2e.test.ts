import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { startForTest } from '../truth.ts';

const timeout = 180_000;

async function soak(profile: 'healthy' | 'leaking') {
  const backend = await startForTest({ profile });
  const end = await runScenario('soak', {
    BASE_URL: backend.url,
    METRICS_URL: `${backend.url}/metrics`,
    DURATION: '80s',
  });
  const { study } = end.summary;
  if (study?.kind !== 'soak') throw new Error('no study of a soak');
  return { ...end, claimed: study.drifts.filter(({ isClaimed }) => isClaimed), study };
}

it('a planted leak is found: of latency and of memory, with their size', { timeout }, async () => {
  const { claimed, exitCode, report } = await soak('leaking');
  const perHour = (figure: string) => claimed.find((drift) => drift.figure === figure)?.perHour ?? 0;
  // 50 requests a second, each 0.05 ms slower than the one before, and each keeping 64 KiB.
  expect(perHour('p95') / (50 * 0.05 * 3600)).toBeGreaterThan(0.85);
  expect(perHour('p95') / (50 * 0.05 * 3600)).toBeLessThan(1.15);
  expect(perHour('memory') / (50 * 64 * 1024 * 3600)).toBeGreaterThan(0.8);
  expect(perHour('memory') / (50 * 64 * 1024 * 3600)).toBeLessThan(1.3);
  expect(exitCode).toBe(99);
  expect(report).toContain('Memory leaks');
});

it('no leak is claimed of a healthy service', { timeout }, async () => {
  const { claimed, study, summary, exitCode } = await soak('healthy');
  expect(claimed.filter(({ perHour }) => perHour > 0)).toEqual([]);
  expect(study.drifts.map(({ figure }) => figure)).toEqual(['p95', 'failures', 'memory', 'connections']);
  // 80 s show no leak, and cannot show that there is none.
  expect([summary.verdict, exitCode]).toEqual(['no_data', 99]);
});

it('in consecutive parts the load goes on without a gap, and nothing of it is lost', { timeout }, async () => {
  const backend = await startForTest({ args: ['--delay-ms', '20'] });
  const { summary, exitCode, stderr } = await runScenario(
    'soak',
    { BASE_URL: backend.url, METRICS_URL: `${backend.url}/metrics`, DURATION: '40s', RATE: '80' },
    ['--segment', '10s'],
  );
  expect(stderr).toContain('4 chunks of 10s');
  expect(summary.load).toMatchObject({ plannedIterations: 3200, consecutive: { processes: 4 } });
  expect(summary.load.consecutive?.longestGapSeconds).toBeLessThan(0.1);
  const { totals, endpoints } = await backend.readTruth();
  // At rest there were four requests to each of four endpoints.
  expect(summary.totals.requests).toBe(totals.received - 16);
  for (const { id, outcomes } of summary.endpoints)
    expect(outcomes.ok).toBe((endpoints[id as keyof typeof endpoints].delivered['200'] ?? 0) - 4);
  expect(Math.abs(summary.totals.requests - 3200)).toBeLessThan(20);
  if (summary.study?.kind !== 'soak') throw new Error('no study of a soak');
  expect(summary.study.seconds).toBeGreaterThan(39);
  expect(summary.study.drifts.map(({ figure }) => figure)).toEqual(['p95', 'failures', 'memory', 'connections']);
  expect([summary.verdict, exitCode]).toEqual(['no_data', 99]);
});
