import { expect, it } from 'vitest';
import type { BreakpointStudy } from '../../core/questions/breakpoint/answer.ts';
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
