import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

const timeout = 120_000;

it.each([
  ['fail', 'refused', 20],
  ['wait', 'wait', 12],
] as const)('a pool that lets the excess %s is found, with its size', { timeout }, async (whenFull, excess, size) => {
  const backend = await backendWith(
    ...['--pool-size', String(size), '--pool-hold-ms', '100', '--pool-when-full', whenFull],
  );
  const { summary } = await runScenario('pool', { BASE_URL: backend.url, DURATION: '32s' });
  const { study } = summary;
  if (study?.kind !== 'pool') throw new Error('no study of a pool');
  expect(study.slots).toBe(size);
  expect(study.freeUsers).toBeLessThanOrEqual(size);
  expect(study.exhaustedUsers).toBeGreaterThan(size);
  expect(study.excess).toBe(excess);
});

it('an exhausted pool that leaves its users hanging is found', { timeout }, async () => {
  // Served in two seconds, given up after one.
  const backend = await backendWith('--pool-size', '4', '--pool-hold-ms', '200', '--pool-when-full', 'wait');
  const { summary, exitCode } = await runScenario('pool', {
    BASE_URL: backend.url,
    DURATION: '32s',
    REQUEST_TIMEOUT: '1s',
  });
  expect(summary.study).toMatchObject({ kind: 'pool', excess: 'hang' });
  expect(exitCode).toBe(99);
});

it('a service without one is not said to have one', { timeout }, async () => {
  const backend = await backendWith('--delay-ms', '50');
  const { summary, exitCode } = await runScenario('pool', { BASE_URL: backend.url, DURATION: '32s' });
  expect(summary.study).toMatchObject({ kind: 'pool', freeUsers: 60 });
  expect(summary.study).not.toHaveProperty('slots');
  // Nobody had to wait, so nobody knows how long the excess would.
  expect(summary.thresholds.map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ['freeUsers', 'pass'],
    ['excessAnswerMs', 'no_data'],
  ]);
  expect(exitCode).toBe(99);
});
