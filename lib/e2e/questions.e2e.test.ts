import { describe, expect, it } from 'vitest';
import { limitFlags, runStudy, type StudySource, shortLimit } from './study-project.ts';
import { sum } from './tool.ts';
import { expectSumsToAgree } from './truth.ts';

/** Users and arrivals on one endpoint. */
const onProjects = (study: string, plan: string): StudySource => ({ study, plan, endpoints: '[service.projects]' });

/**
 * Each question on its way from the scenario through k6 to the report. What it answers depends on how fast the machine
 * is, and is held against backends whose answer is known by `npm run test:types`.
 */
describe.concurrent('a question is asked, answered, judged and told:', () => {
  it.each([
    [
      'breakpoint',
      onProjects('k6.breakpoint()', '{ arrivals: k6.steppedArrivals({ from: 10, to: 30, steps: 3, stepSeconds: 1 }) }'),
    ],
    ['pool', onProjects('k6.pool()', '{ users: k6.steppedUsers({ from: 1, to: 3, steps: 3, stepSeconds: 1 }) }')],
    [
      'recovery',
      onProjects(
        'k6.recovery({ probesPerSecond: 5, watchSeconds: 2 })',
        `{ overload: k6.rampingArrivals({ stages: [
          { ratePerSecond: 0, durationSeconds: 2 }, { ratePerSecond: 30, durationSeconds: 0 }, { ratePerSecond: 30, durationSeconds: 1 } ] }) }`,
      ),
    ],
    ['soak', onProjects('k6.soak()', '{ arrivals: k6.constantArrivals({ ratePerSecond: 20, durationSeconds: 4 }) }')],
    ['rate-limit', shortLimit(3, 1)],
  ] as const)('%s', async (kind, source) => {
    const args = kind === 'rate-limit' ? limitFlags(3, 1) : ['--delay-ms', '10'];
    const { exitCode, summary, report, output } = await runStudy(kind, source, { args });
    expectSumsToAgree(summary);
    expect(summary.totals.requests).toBeGreaterThan(0);
    expect(report.studies.map(({ study }) => study)).toEqual([summary.study]);
    expect(report.verdict).toBe(summary.verdict);
    expect(exitCode, output).toBe(summary.verdict === 'pass' ? 0 : 99);
    expect(output).toContain(report.studies[0]?.headline);
  });

  it('how many sockets it holds', async () => {
    const { study, truth, summary } = await runStudy(
      'websocket',
      {
        study: 'k6.websocket({ openingSeconds: 2, heartbeatSeconds: 0.5 })',
        plan: '{ sockets: k6.scripted({ users: 60, durationSeconds: 8 }) }',
        endpoints: '[service.echoSocket]',
      },
      { args: ['--socket-cap', '40'] },
    );
    expect(study).toMatchObject({ started: 60, mostHeld: 40, heldToTheEnd: 40, refused: 20, dropped: 0, cap: 40 });
    expect(study.refusals).toEqual({ 'status 503': 20 });
    expect(truth.sockets).toMatchObject({ most: 40, opened: 40, refused: 20 });
    expect(summary.totals.outcomes).toEqual({ ok: 40, unexpected_status: 20 });
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
