import { expect, it } from 'vitest';
import type { BreakpointStudy } from '../../core/questions/breakpoint/answer.ts';
import type { RecoveryStudy } from '../../core/questions/recovery/answer.ts';
import { runScenario, sum } from '../tool.ts';
import { expectSumsToAgree } from '../truth.ts';
import { ordersApi, ordersProject } from './orders-project.ts';
import { repliesSeen, repliesTold } from './replies.ts';

it('a breakpoint of journeys counts these and their requests, step by step, as the service counts them', async () => {
  // As many searches as three of the four steps want.
  const searches = 90;
  const service = await ordersApi({ TOKEN_TTL: '3', SEARCH_PER_MINUTE: String(searches) });
  const { summary, report } = await runScenario('climb', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  // A redirect that is followed is two routes to the service, and one endpoint to the run.
  const { 'GET /old-orders': moved, ...told } = repliesTold(summary);
  const { 'GET /old-orders': first, 'GET /health': second, ...seen } = repliesSeen(truth, summary);
  expect(told).toEqual(seen);
  expect(moved?.expected).toBe((first?.[302] ?? 0) + (second?.[200] ?? 0));

  const { steps, leastCompletedShare } = summary.study as BreakpointStudy;
  const journeys = steps.flatMap((step) => step.journeys ?? []);
  // Each hop of a redirect, each login and each request of a batch is one of some step.
  expect(sum(steps.map(({ requests }) => requests))).toBe(truth.total);
  const [find] = summary.journeys ?? [];
  expect(sum(journeys.map(({ begun }) => begun))).toBe(find?.started);
  expect(sum(journeys.map(({ completed }) => completed))).toBe(searches);
  expect(sum(journeys.map(({ lost }) => lost))).toBe(truth.routes['GET /search 429']);
  expect(truth.routes['GET /search 200']).toBe(searches);

  expect(leastCompletedShare).toBe(0.98);
  expect(steps.map(({ level }) => level)).toEqual([6, 8.65, 12.5, 18]);
  expect(steps[3]).toMatchObject({ holds: false });
  expect(summary.thresholds).toMatchObject([{ metric: 'sustainedPerSecond', unit: 'perSecond' }]);
  expect(report).toMatch(/journeys\/s/);
  // What was lost is the answer, and no verdict of its own.
  expect(summary.reasons.join()).not.toMatch(/journey find/);
});

it('a recovery of journeys has some of them for probes, and sees what the service refuses these', async () => {
  // More than probes alone want before the overload, and fewer than the overload does: the minute is not over after it.
  const searches = 60;
  const service = await ordersApi({ SEARCH_PER_MINUTE: String(searches) });
  const { summary, report } = await runScenario('flood', { BASE_URL: service.url }, ['--no-baseline'], ordersProject());
  const truth = await service.readTruth();
  expectSumsToAgree(summary);
  expect(repliesTold(summary)).toEqual(repliesSeen(truth, summary));

  const { probes, journeys, seconds, endpoints, recoveredAfterSeconds } = summary.study as RecoveryStudy;
  const [find] = summary.journeys ?? [];
  if (journeys === undefined || find === undefined) return expect.fail('no journeys');
  // Two requests each, and none of those of the overload.
  expect(journeys.requests).toBe(2 * probes.answered);
  expect(sum(seconds.map((second) => second.probes))).toBe(journeys.requests);
  expect(probes.answered).toBeLessThan(find.started);
  expect(find.started).toBe(truth.routes['GET /health 200']);
  expect(find.completed).toBe(searches);

  // Not one search after the overload: each probe that was begun then is a bad one.
  const refused = probes.answered - journeys.completed;
  expect(probes.badBefore + probes.badDuring + probes.badAfter).toBeGreaterThanOrEqual(refused);
  expect(probes.badAfter).toBeGreaterThan(0);
  expect(recoveredAfterSeconds).toBeUndefined();
  expect(endpoints.find(({ endpoint }) => endpoint === 'search')?.isBroken).toBe(true);
  expect(summary.reasons.join()).toMatch(/still slow or failing/);
  expect(report).toContain(`Each probe is a journey: ${probes.answered} were begun, ${journeys.completed} completed`);
});
