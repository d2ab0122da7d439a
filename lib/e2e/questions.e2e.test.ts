import { describe, expect, it } from 'vitest';
import { limitFlags, runStudy, shortLimit } from './study-project.ts';
import { sum } from './tool.ts';

/**
 * Two questions of fixed work on their way from the scenario through k6 to the report. What the others answer depends on
 * how fast the machine is: `npm run test:types` asks each of them a backend whose answer is known.
 */
describe.concurrent('a question is asked, answered, judged and told:', () => {
  it('whether its limit is what is declared', async () => {
    const { study, summary } = await runStudy('rate-limit', shortLimit(3, 1), { args: limitFlags(3, 1) });
    expect(study.met).toMatchObject({ requests: 3, windowSeconds: 1 });
    expect(summary.totals.outcomes.rate_limited).toBeGreaterThan(0);
  });

  it('how fast it is for one user', async () => {
    const { study, truth, summary } = await runStudy(
      'sequential',
      {
        study: 'k6.sequential()',
        plan: '{ user: k6.fixedWork({ users: 1, requestsPerEndpoint: 10 }) }',
        endpoints: '[service.projects, service.systemDisk]',
      },
      { args: ['--delay-ms', 'projects=50'] },
    );
    expect(study.endpoints.map(({ endpoint, replies }) => [endpoint, replies])).toEqual([
      ['projects', 10],
      ['system-disk', 10],
    ]);
    expect(study.endpoints[0]?.p50Ms).toBeGreaterThanOrEqual(50);
    expect(summary.totals.outcomes).toEqual({ ok: 20 });
    expect(truth.totals.received).toBe(20 + sum(summary.atRest.map(({ sent }) => sent)));
  });
});
