import { expect, it } from 'vitest';
import { METRICS_PATH } from '../../reference/backend/metrics.ts';
import { profileNames } from '../../reference/backend/profiles/profile-names.ts';
import { REFERENCE_METRICS_PATH, REFERENCE_PROFILES } from './reference-target.ts';
import { startReference } from './start-reference.ts';

it('what the tool knows of the reference backend is so', () => {
  expect(REFERENCE_PROFILES).toEqual(profileNames);
  expect(REFERENCE_METRICS_PATH).toBe(METRICS_PATH);
});

it('the reference backend is started as it is asked for, and stopped', { timeout: 30_000 }, async () => {
  const target = { kind: 'reference-backend', profile: 'healthy', args: ['--delay-ms', 'soon'] } as const;
  await expect(startReference(target)).rejects.toThrow(/^The reference backend did not start\.[\s\S]*exit code 2/);
  const { url, metricsUrl, stop } = await startReference({ ...target, args: [] });
  expect((await fetch(metricsUrl.href)).status).toBe(200);
  await Promise.all([stop(), stop()]);
  await expect(fetch(url)).rejects.toThrow();
});
