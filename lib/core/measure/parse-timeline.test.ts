import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../spec/sum.ts';
import facts from './fixtures/timeline-facts.json' with { type: 'json' };
import { addOutcomes, countRequests, type OutcomeCounts } from './outcome.ts';
import { type ParsedTimeline, parseTimeline, type TimelineFacts } from './parse-timeline.ts';

const STARTED_AT_MS = Date.parse('2026-11-24T00:00:00Z');

/** What k6 saw in one period; a trend by its value, a counter by its count. */
interface Period {
  /** Its end, after the start of k6. */
  readonly atMs: number;
  readonly okReplies?: number;
  readonly notOkReplies?: number;
  readonly okMs?: number;
  readonly observed?: OutcomeCounts;
  readonly users?: number;
}

const AGGREGATES = {
  counter: ['count', 'rate'],
  gauge: ['value'],
  rate: ['rate'],
  trend: ['avg', 'max', 'med', 'min', 'p(90)', 'p(95)', 'p(99)'],
};

/** Writes a record as k6 does: names when they are first seen, values in the order of all names so far. */
function recordOf(periods: readonly Period[], { rest, endedAtMs }: { rest?: Period; endedAtMs?: number } = {}): string {
  const names = new Set(['time']);
  const total: Record<string, number> = {};
  const lines: object[] = [
    { event: 'param', data: { period: 1000, aggregates: AGGREGATES } },
    { event: 'metric', data: { time: { type: 'gauge' } } },
    { event: 'start', data: [[STARTED_AT_MS]] },
  ];
  const look = (atMs: number, seen: Readonly<Record<string, number>>) =>
    [...names].sort().map((name) => {
      if (name === 'time') return [STARTED_AT_MS + atMs];
      const value = seen[name];
      if (value === undefined) return [];
      if (name === 'vus') return [value];
      return name.startsWith('http_req_duration') ? AGGREGATES.trend.map((_, i) => value + i) : [value, value];
    });
  for (const period of [...periods, ...(rest === undefined ? [] : [rest])]) {
    const seen = metricsOf(period);
    for (const [name, value] of Object.entries(seen)) total[name] = (total[name] ?? 0) + value;
    const added = Object.keys(seen).filter((name) => !names.has(name));
    if (added.length > 0) {
      for (const name of added) names.add(name);
      const type = (name: string) => (name === 'vus' ? 'gauge' : name.startsWith('http_req_') ? 'trend' : 'counter');
      lines.push({ event: 'metric', data: Object.fromEntries(added.map((name) => [name, { type: type(name) }])) });
    }
    lines.push({ event: 'cumulative', data: look(period.atMs, total) }, { event: 'threshold', data: {} });
    if (period !== rest) lines.push({ event: 'snapshot', data: look(period.atMs, seen) });
  }
  if (endedAtMs !== undefined) {
    if (rest === undefined) lines.push({ event: 'cumulative', data: look(endedAtMs, total) });
    lines.push({ event: 'stop', data: [[STARTED_AT_MS + endedAtMs]] });
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function metricsOf({ okReplies = 0, notOkReplies = 0, okMs, observed = {}, users }: Period): Record<string, number> {
  const notOk = countRequests(observed) - (observed.check_failed ?? 0) + notOkReplies;
  return {
    ...(okReplies + notOk > 0 ? { http_reqs: okReplies + notOk } : {}),
    ...(okReplies > 0 ? { 'http_reqs{expected_response:true}': okReplies } : {}),
    ...(notOk > 0 ? { 'http_reqs{expected_response:false}': notOk } : {}),
    ...(okMs === undefined ? {} : { http_req_duration: okMs, 'http_req_duration{expected_response:true}': okMs }),
    ...Object.fromEntries(Object.entries(observed).map(([outcome, count]) => [`outcome_${outcome}`, count])),
    ...(users === undefined ? {} : { vus: users }),
  };
}

function factsWith(
  outcomes: OutcomeCounts,
  more: Partial<TimelineFacts> & { loadStartsAtMs?: number } = {},
): TimelineFacts {
  const { loadStartsAtMs = 0, ...others } = more;
  const requests = countRequests(outcomes);
  const ok = (outcomes.ok ?? 0) + (outcomes.check_failed ?? 0);
  return {
    loadStartedAt: new Date(STARTED_AT_MS + loadStartsAtMs).toISOString(),
    totals: { requests, outcomes, latencyMs: { all: { count: requests }, ok: { count: ok } } },
    atRest: [],
    ...others,
  };
}

function pointsOf({ timeline, note }: ParsedTimeline) {
  if (timeline === undefined) throw new Error(`There is no timeline: ${note}`);
  return timeline.points;
}

const outcomesOf = (parsed: ParsedTimeline) => addOutcomes(pointsOf(parsed).map(({ outcomes }) => outcomes));

describe('parseTimeline', () => {
  it('reads requests, outcomes, percentiles of ok replies and users of each period', () => {
    const periods = [
      { atMs: 1000, okReplies: 90, okMs: 5, observed: { timeout: 10 }, users: 3 },
      { atMs: 2000, okReplies: 50, okMs: 7, observed: { server_error: 1, timeout: 2 }, users: 4 },
    ];
    const parsed = parseTimeline(
      recordOf(periods, { endedAtMs: 2010 }),
      factsWith({ ok: 140, timeout: 12, server_error: 1 }),
    );
    expect(parsed).toEqual({
      timeline: {
        periodSeconds: 1,
        points: [
          {
            atSeconds: 1,
            requests: 100,
            outcomes: { ok: 90, timeout: 10 },
            requestsPerSecond: 100,
            okMs: { p50: 7, p95: 10, p99: 11 },
            activeUsers: 3,
          },
          {
            atSeconds: 2.01,
            requests: 53,
            outcomes: { ok: 50, server_error: 1, timeout: 2 },
            requestsPerSecond: 53 / 1.01,
            okMs: { p50: 9, p95: 12, p99: 13 },
            activeUsers: 4,
          },
        ],
      },
    });
  });

  it('follows the names that k6 sees later, which move the series of all others', () => {
    const periods = [
      { atMs: 1000, okReplies: 1 },
      { atMs: 2000, okReplies: 1, observed: { dns: 5 }, users: 2 },
      { atMs: 3000, observed: { check_failed: 0, refused: 3 } },
    ];
    const parsed = parseTimeline(recordOf(periods, { endedAtMs: 3000 }), factsWith({ ok: 2, dns: 5, refused: 3 }));
    expect(pointsOf(parsed).map(({ outcomes }) => outcomes)).toEqual([{ ok: 1 }, { ok: 1, dns: 5 }, { refused: 3 }]);
    expect(pointsOf(parsed).map(({ activeUsers }) => activeUsers)).toEqual([undefined, 2, undefined]);
  });

  it('takes what is silent for silent, not for fast', () => {
    const periods = [{ atMs: 1000, okReplies: 5, okMs: 3 }, { atMs: 2000 }, { atMs: 3000, okReplies: 5, okMs: 3 }];
    const [, silent] = pointsOf(parseTimeline(recordOf(periods, { endedAtMs: 3000 }), factsWith({ ok: 10 })));
    expect(silent).toEqual({ atSeconds: 2, requests: 0, outcomes: {}, requestsPerSecond: 0 });
  });

  it('leaves out the requests at rest to the last one, and the percentiles that they are in', () => {
    const periods = [
      { atMs: 1000, okReplies: 20, notOkReplies: 4, okMs: 1, users: 0 },
      { atMs: 2000, okReplies: 10 + 30, notOkReplies: 1, okMs: 2, users: 0, observed: { timeout: 2 } },
      { atMs: 3000, okReplies: 60, okMs: 3, users: 9 },
    ];
    const parsed = parseTimeline(
      recordOf(periods, { endedAtMs: 3000 }),
      factsWith({ ok: 90, timeout: 2 }, { loadStartsAtMs: 1400 }),
    );
    const [mixed, pure] = pointsOf(parsed);
    expect(mixed).toEqual({
      atSeconds: 0.6,
      requests: 32,
      outcomes: { ok: 30, timeout: 2 },
      requestsPerSecond: 32 / 0.6,
    });
    expect(pure).toMatchObject({ atSeconds: 1.6, requests: 60, okMs: { p50: 5 }, activeUsers: 9 });
    expect(parsed.note).toBeUndefined();
  });

  it('counts the last, unfinished period, which k6 leaves no look of', () => {
    const periods = [
      { atMs: 1000, okReplies: 50, okMs: 3 },
      { atMs: 2000, okReplies: 50, okMs: 3 },
    ];
    const rest = { atMs: 2800, okReplies: 30, okMs: 9, observed: { reset: 2 } };
    const parsed = parseTimeline(recordOf(periods, { rest, endedAtMs: 2800 }), factsWith({ ok: 130, reset: 2 }));
    expect(pointsOf(parsed).at(-1)).toEqual({
      atSeconds: 2.8,
      requests: 32,
      outcomes: { ok: 30, reset: 2 },
      requestsPerSecond: 40,
    });
  });

  it('counts a short beginning and a short end with their neighbours, whose percentiles stay', () => {
    const periods = [
      { atMs: 1000, okReplies: 40 },
      { atMs: 2000, okReplies: 100, okMs: 3 },
      { atMs: 3000, okReplies: 100, okMs: 4 },
    ];
    const rest = { atMs: 3250, okReplies: 25 };
    const parsed = parseTimeline(
      recordOf(periods, { rest, endedAtMs: 3250 }),
      factsWith({ ok: 235 }, { loadStartsAtMs: 900 }),
    );
    expect(pointsOf(parsed)).toMatchObject([
      { atSeconds: 1.1, requests: 110, requestsPerSecond: 100, okMs: { p50: 5 } },
      { atSeconds: 2.35, requests: 125, requestsPerSecond: 100, okMs: { p50: 6 } },
    ]);
  });

  it('counts wrong content beside its reply, though a period ends between the two', () => {
    const periods = [
      { atMs: 1000, okReplies: 4, okMs: 5 },
      { atMs: 2000, observed: { check_failed: 1 } },
    ];
    const parsed = parseTimeline(recordOf(periods, { endedAtMs: 2000 }), factsWith({ ok: 3, check_failed: 1 }));
    expect(pointsOf(parsed).map(({ outcomes }) => outcomes)).toEqual([{ ok: 3, check_failed: 1 }, {}]);
    // Its latency would be in the percentiles.
    expect(pointsOf(parsed)[0]).not.toHaveProperty('okMs');
  });

  it('counts at the end what an interruption kept from being classified', () => {
    const periods = [
      { atMs: 1000, okReplies: 4 },
      { atMs: 2000, okReplies: 4, notOkReplies: 1 },
    ];
    const parsed = parseTimeline(recordOf(periods, { endedAtMs: 2000 }), factsWith({ ok: 8, unclassified: 1 }));
    expect(outcomesOf(parsed)).toEqual({ ok: 8, unclassified: 1 });
    expect(parsed.note).toBeUndefined();
  });
});

describe('a note says why there is no timeline:', () => {
  const two = [
    { atMs: 1000, okReplies: 4 },
    { atMs: 2000, okReplies: 4 },
  ];
  const noteOf = (ndjson: string, of: TimelineFacts) => {
    const { timeline, note } = parseTimeline(ndjson, of);
    expect(timeline).toBeUndefined();
    return note;
  };

  it('an empty record', () => expect(noteOf('', factsWith({ ok: 8 }))).toMatch(/empty record/));

  it('something else than a record', () => {
    for (const text of ['hello', '{}\n', '{"event":"param","data":null}\n', '[1]', 'null\n', '\u001f\u008b']) {
      expect(noteOf(text, factsWith({ ok: 8 }))).toMatch(/cannot be read/);
    }
  });

  it('a load that never began', () => {
    const { loadStartedAt: _, ...never } = factsWith({});
    expect(noteOf(recordOf(two, { endedAtMs: 2000 }), never)).toMatch(/the load never began/);
  });

  it('a run that was over before two periods', () => {
    const ndjson = recordOf([], { rest: { atMs: 765, okReplies: 5 }, endedAtMs: 765 });
    expect(noteOf(ndjson, factsWith({ ok: 5 }))).toBe(
      'No requests over time: k6 recorded every 1s, and the load lasted 765ms.',
    );
  });

  it('a record that was cut off early', () =>
    expect(noteOf(recordOf(two.slice(0, 1)), factsWith({ ok: 8 }))).toMatch(/cut off before two periods/));

  it('a record that does not tell ok replies apart', () => {
    const untagged = recordOf(two, { endedAtMs: 2000 }).replaceAll('{expected_response:true}', '{endpoint:a}');
    expect(noteOf(untagged, factsWith({ ok: 8 }))).toMatch(/expected_response/);
  });

  it('the record of another run', () => {
    expect(noteOf(recordOf(two, { endedAtMs: 2000 }), factsWith({ ok: 9 }))).toMatch(/other requests than/);
    expect(noteOf(recordOf(two), factsWith({ ok: 7 }))).toMatch(/other requests than/);
  });
});

it('a record that breaks off gives the timeline so far, and says so', () => {
  const periods = [1, 2, 3].map((second) => ({ atMs: second * 1000, okReplies: 10 }));
  const parsed = parseTimeline(recordOf(periods), factsWith({ ok: 1234 }));
  expect(pointsOf(parsed)).toHaveLength(3);
  expect(parsed.note).toBe(
    "The requests over time end 3s into the load, with 30 of 1,234 requests: k6's record was cut off there.",
  );
});

it('a whole record that lacks requests says so', () => {
  const periods = [1, 2, 3].map((second) => ({ atMs: second * 1000, okReplies: 10 }));
  const parsed = parseTimeline(recordOf(periods, { endedAtMs: 3000 }), factsWith({ ok: 30, timeout: 5 }));
  expect(parsed.note).toBe('The requests over time are 30 of 35 requests: k6 recorded no more of them.');
});

describe('a record of k6 2.2.0', () => {
  const ndjson = gunzipSync(readFileSync(new URL('./fixtures/timeline.ndjson.gz', import.meta.url))).toString('utf8');
  const requestsOf = ({ timeline }: ParsedTimeline) => sum((timeline?.points ?? []).map(({ requests }) => requests));

  it('adds up exactly to the summary of its run', () => {
    const parsed = parseTimeline(ndjson, facts);
    expect(parsed.note).toBeUndefined();
    expect(parsed.timeline?.periodSeconds).toBe(1);
    expect(requestsOf(parsed)).toBe(facts.totals.requests);
    expect(outcomesOf(parsed)).toEqual(facts.totals.outcomes);
    for (const { requests, outcomes } of pointsOf(parsed)) expect(countRequests(outcomes)).toBe(requests);
    expect(pointsOf(parsed).map(({ activeUsers }) => activeUsers)).toEqual([undefined, 10, 10, 10, 10, 10]);
    const [first, ...others] = pointsOf(parsed);
    expect(first?.okMs).toBeUndefined();
    for (const { okMs } of others) {
      expect(okMs?.p50).toBeGreaterThan(0);
      expect(okMs?.p95).toBeGreaterThan(okMs?.p50 ?? 0);
      expect(okMs?.p99).toBeLessThanOrEqual(facts.totals.latencyMs.ok.max);
    }
  });

  it('never breaks anything, wherever it is cut off, and never counts too much', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ndjson.length - 1 }), (length) => {
        const parsed = parseTimeline(ndjson.slice(0, length), facts);
        expect(requestsOf(parsed)).toBeLessThanOrEqual(facts.totals.requests);
        expect(
          parsed.timeline === undefined || requestsOf(parsed) === facts.totals.requests || parsed.note !== undefined,
        ).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never breaks anything, whatever is written into it', () => {
    const position = fc.integer({ min: 0, max: ndjson.length - 1 });
    fc.assert(
      fc.property(position, fc.oneof(fc.string(), fc.json()), fc.nat(50), (at, text, replaced) => {
        const parsed = parseTimeline(ndjson.slice(0, at) + text + ndjson.slice(at + replaced), facts);
        expect(requestsOf(parsed)).toBeLessThanOrEqual(facts.totals.requests);
      }),
      { numRuns: 400 },
    );
  });
});
