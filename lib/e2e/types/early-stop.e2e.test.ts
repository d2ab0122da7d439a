import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

const LOAD = { VUS: '5', DURATION: '40s', THINK_TIME: '100ms', REQUEST_TIMEOUT: '300ms' };

it.each([
  ['server errors', ['--error-share', '1'], 'server errors'],
  ['timeouts', ['--hang', 'projects'], 'timeouts'],
])('a hopeless run ends early, after its delay, and says so: %s', async (_, args, reason) => {
  const backend = await backendWith('--no-rate-limits', ...args);
  const { summary, exitCode, report } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, [
    '--abort-on-fail',
    '3s',
  ]);
  expect(exitCode).toBe(99);
  expect(summary.verdict).toBe('fail');
  expect(summary.load.endedEarly).toBe(true);
  expect(summary.load.windowSeconds).toBeGreaterThan(2);
  expect(summary.load.windowSeconds).toBeLessThan(15);
  expect(summary.reasons.join('\n')).toContain('ended early');
  expect(summary.reasons.join('\n')).toContain(reason);
  expect(report).toContain('ended early');
});

it('without --abort-on-fail, and with thresholds that hold, a run goes to its end', async () => {
  const backend = await backendWith('--no-rate-limits');
  const { summary, exitCode } = await runScenario('sustained', { ...LOAD, DURATION: '4s', BASE_URL: backend.url }, [
    '--abort-on-fail',
    '1s',
  ]);
  expect(exitCode).toBe(0);
  expect(summary.load.endedEarly).toBeUndefined();
  expect(summary.load.windowSeconds).toBeGreaterThan(3.9);
});
