import { expect, it } from 'vitest';
import { problemsOf, WELL } from '../../../testing/problems.ts';

it('nothing is found where nothing is wrong', () => {
  expect(problemsOf({ endpoints: { a: WELL, b: WELL } })).toEqual([]);
});

it('problems stand by severity, and among equals what ended the service comes before what is broken anyway', () => {
  const problems = problemsOf({
    endpoints: {
      route: { outcomes: { not_found: 50 } },
      dying: { outcomes: { ok: 500, refused: 400 } },
      limited: { outcomes: { ok: 990, rate_limited: 10 } },
      tail: { outcomes: { ok: 990, check_failed: 1 } },
    },
    rest: { route: { not_found: 3 } },
  });
  expect(problems.map(({ id, severity }) => [id, severity])).toEqual([
    ['not-accepting', 'critical'],
    ['broken-route', 'critical'],
    ['rate-limit-undeclared', 'high'],
    ['low-success', 'high'],
    ['wrong-content', 'medium'],
  ]);
});
