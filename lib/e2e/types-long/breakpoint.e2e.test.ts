import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

const timeout = 180_000;

it.each([80, 220])(
  'the capacity of %i requests per second is found to within 15 percent',
  { timeout },
  async (capacity) => {
    const backend = await backendWith('--capacity', String(capacity));
    const { summary, exitCode } = await runScenario('breakpoint', { BASE_URL: backend.url, DURATION: '60s' });
    const { study } = summary;
    if (study?.kind !== 'breakpoint') throw new Error('no study of a breakpoint');
    expect(Math.abs((study.sustainedPerSecond ?? 0) / capacity - 1)).toBeLessThan(0.15);
    expect(Math.abs((study.mostOkPerSecond ?? 0) / capacity - 1)).toBeLessThan(0.05);
    expect(study.broke?.by).not.toContain('errors');
    expect(exitCode).toBe((study.sustainedPerSecond ?? 0) >= 100 ? 0 : 99);
    // It ends soon after it broke: The whole plan would be 60 s.
    expect(summary.load.windowSeconds).toBeLessThan(57);
  },
);

it('a service that turns away what is too much breaks by errors', { timeout }, async () => {
  const backend = await backendWith('--pool-size', '12', '--pool-hold-ms', '100', '--pool-when-full', 'fail');
  const { summary } = await runScenario('breakpoint', { BASE_URL: backend.url, DURATION: '60s' });
  const { study } = summary;
  if (study?.kind !== 'breakpoint') throw new Error('no study of a breakpoint');
  expect(study.broke).toMatchObject({ by: ['errors'], outcome: 'server_error' });
  // 12 connections, each held for 100 ms.
  expect(study.sustainedPerSecond).toBeLessThanOrEqual(120);
});
