import { describe, expect, it } from 'vitest';
import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import {
  evidenceFor,
  evidenceOf,
  oneEndpoint,
  point,
  problemOf,
  type Setting,
  statementsOf,
  urgenciesOf,
  WELL,
} from '../../../testing/problems.ts';
import { findProblems } from './index.ts';
import { positives } from './positives.ts';

describe('a service that does not accept connections', () => {
  const endpoints = { a: { outcomes: { ok: 500, refused: 400, reset: 10 } }, b: WELL };

  it('is a critical finding, and never called stable', () => {
    const problem = problemOf('not-accepting', { endpoints });
    expect(problem).toMatchObject({ severity: 'critical', impact: 'high', area: 'availability', endpoints: ['a'] });
    expect(problem?.summary).toContain('400 connections refused, 10 connections reset');
    expect(JSON.stringify(findProblems(evidenceOf({ endpoints })))).not.toMatch(/stable|responsive/);
    expect(positives(evidenceOf({ endpoints })).map(({ id }) => id)).not.toContain('stayed-up');
  });

  it('is critical after one refusal, whatever its thresholds allow', () => {
    const refused = { a: { outcomes: { ok: 99_999, refused: 1 } } };
    for (const thresholds of [[], [{ metric: 'okP95Ms', limit: 500, endpoint: 'a' } as const]]) {
      expect(positives(evidenceOf({ endpoints: refused, thresholds }))).toEqual([]);
      expect(problemOf('not-accepting', { endpoints: refused, thresholds })?.severity).toBe('critical');
    }
  });

  it.each([
    [9, 'high'],
    [10, 'critical'],
  ])('by %i resets in 1,000 is %s', (reset, severity) => {
    expect(problemOf('not-accepting', oneEndpoint({ ok: 1000 - reset, reset }))).toMatchObject({
      severity,
      impact: 'high',
    });
  });

  it('that only reset connections has not stopped but limits them, and its texts say so', () => {
    const problem = problemOf('not-accepting', oneEndpoint({ ok: 999, reset: 1 }));
    expect(problem?.title).toBe('The service broke connections');
    expect(problem?.description).toMatch(/^The target accepted connections/);
    expect(statementsOf(problem)).toEqual([expect.stringMatching(/^A limit on connections/)]);
    expect(evidenceFor(problem, 'A limit on connections')).toEqual([['connections were reset, none refused'], []]);
  });

  it('died where no response came after the first refusal', () => {
    const problem = problemOf('not-accepting', {
      endpoints,
      points: [point(1, { ok: 500 }), point(2, { ok: 10, refused: 5 }), point(3, { refused: 395, reset: 10 })],
    });
    expect(problem?.evidence).toContain(
      'sustained: the first came between 1s and 2s into the load, and no response came after 2s',
    );
    expect(problem?.title).toBe('The service stopped accepting connections');
    expect(problem?.description).toMatch(/^A refused connection means/);
    expect(evidenceFor(problem, 'The server process ended')).toEqual([
      [
        'no response came after that in sustained',
        'it answered a single user before the load',
        'connections that were open broke as well',
      ],
      [],
    ]);
    expect(statementsOf(problem)).toHaveLength(1);
    expect(urgenciesOf(problem)).toEqual(['must', 'must', 'should']);
  });

  it('was restarted, or closed connections, where responses came again', () => {
    const problem = problemOf('not-accepting', {
      endpoints,
      points: [point(1, { ok: 250 }), point(2, { refused: 400, reset: 10 }), point(3, { ok: 250 })],
    });
    expect(statementsOf(problem)[0]).toMatch(/was restarted/);
    expect(statementsOf(problem).join()).not.toContain('died');
    expect(evidenceFor(problem, 'The server, or a proxy')).toEqual([['responses came again in sustained'], []]);
    expect(evidenceFor(problem, 'A limit on connections')).toEqual([
      ['other requests were answered at the same time'],
      [],
    ]);
  });

  it('in one run of two is both, each with the run that shows it', () => {
    const run = (scenario: string, last: OutcomeCounts): Setting => ({
      endpoints,
      points: [point(1, { ok: 9 }), point(2, { refused: 9 }), point(3, last)],
      summary: { scenario, runId: scenario },
    });
    const problem = problemOf('not-accepting', run('gone', { refused: 9 }), run('back', { ok: 9 }));
    expect(evidenceFor(problem, 'The server process ended')).toEqual([
      ['no response came after that in gone'],
      ['responses came again in back'],
    ]);
    expect(evidenceFor(problem, 'The server, or a proxy')).toEqual([
      ['responses came again in back'],
      ['no response came after that in gone'],
    ]);
  });

  it('that reset everything from some time on may have died, though nothing was refused', () => {
    const problem = problemOf('not-accepting', {
      ...oneEndpoint({ ok: 500, reset: 500 }),
      points: [point(1, { ok: 500 }), point(2, { reset: 250 }), point(3, { reset: 250 })],
    });
    expect(evidenceFor(problem, 'The server process ended')).toEqual([
      ['no response came after that in sustained'],
      ['no connection was refused'],
    ]);
    expect(evidenceFor(problem, 'A limit on connections')).toEqual([
      ['connections were reset, none refused'],
      ['at the end no request was answered'],
    ]);
  });

  it('is not said to have died for a reset as the load ended', () => {
    const problem = problemOf('not-accepting', {
      ...oneEndpoint({ ok: 999, reset: 1 }),
      points: [point(1, { ok: 500 }), point(2, { ok: 499, reset: 1 })],
    });
    expect(statementsOf(problem).join()).not.toContain('died');
    expect(problem?.evidence).toContain(
      'sustained: the first came between 1s and 2s into the load, in the last period: what came after it is not known',
    );
  });

  it('was never there where one user was refused already', () => {
    const problem = problemOf('not-accepting', {
      endpoints: { a: { outcomes: { refused: 50 } } },
      rest: { a: { refused: 3 } },
      points: [point(1, { refused: 25 }), point(2, { refused: 25 })],
    });
    expect(statementsOf(problem)).toContain('Nothing listens at this address and port.');
    expect(problem?.evidence).toContain(
      'sustained: the first came within the first 1s of the load, and no response ever came',
    );
    expect(problem?.evidence).toContain('sustained: all 50 requests were refused');
    // What never answered cannot have died under the load.
    expect(problem?.title).toBe('The service accepted no connection');
    expect(statementsOf(problem).join()).not.toContain('died');
    expect(urgenciesOf(problem)).toEqual(['must']);
  });

  it('is not said to have died for what the last period of a short load holds', () => {
    const problem = problemOf('not-accepting', {
      ...oneEndpoint({ ok: 400, refused: 600 }),
      points: [point(1, { ok: 400, refused: 600 })],
    });
    expect(problem?.evidence.join()).not.toContain('no response came after');
    expect(JSON.stringify(evidenceFor(problem, 'The server process ended'))).not.toContain(
      'no response came after that',
    );
  });

  it('unloaded at one endpoint, while another answered, has that against it', () => {
    const problem = problemOf('not-accepting', {
      endpoints: { a: { outcomes: { refused: 50 } }, b: WELL },
      rest: { a: { refused: 3 } },
    });
    expect(evidenceFor(problem, 'Nothing listens')).toEqual([
      ['refused even without load: /api/a'],
      ['it answered a single user before the load'],
    ]);
  });
});
