import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { journeyRun } from '../../testing/journeys.ts';
import {
  endpointSummary,
  FIXTURES,
  loadRecord,
  measuredRun,
  atRest as restOf,
  runSummary,
} from '../../testing/runs.ts';
import { OUTCOMES } from '../measure/outcome.ts';
import type { LoadShape } from '../spec/load-shape.ts';
import { metricNames } from './metrics.ts';
import { type RunSummary, SCHEMA_VERSION } from './run-summary.ts';
import { runSummarySchema } from './run-summary-schema.ts';
import { VERDICTS } from './verdict.ts';

const schema = runSummarySchema();
const ajv = new Ajv2020({ allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

/** What the schema has against a value: one line per error. */
function errorsOf(value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const stored = (summary: RunSummary): unknown => JSON.parse(JSON.stringify(summary));

const recorded = new URL('../../report/recorded/', import.meta.url);
const answers = ['answers', 'bad-answers'].flatMap((folder) =>
  readdirSync(new URL(folder, recorded)).map((scenario) => `${folder}/${scenario}`),
);
const readAnswer = (name: string) =>
  JSON.parse(gunzipSync(readFileSync(new URL(`${name}/summary.json.gz`, recorded))).toString('utf8')) as RunSummary;

describe('the answer of a question', () => {
  it.each(answers)('is accepted as it was recorded: %s', (name) => {
    expect(errorsOf(readAnswer(name))).toEqual([]);
  });

  it.each(answers)('is refused where something is missing from it or is too much: %s', (name) => {
    const { study, ...summary } = readAnswer(name);
    const members = Object.entries(study ?? {});
    const required = members.filter(([key]) => key !== 'kind' && key !== 'invalid')[0]?.[0] ?? '';
    const without = Object.fromEntries(members.filter(([key]) => key !== required));
    expect(errorsOf({ ...summary, study: without })).not.toEqual([]);
    expect(errorsOf({ ...summary, study: { ...study, extra: 1 } })).not.toEqual([]);
  });
});

describe('the schema accepts', () => {
  it('the summary of a run with journeys, with metrics of the script and with requests of no endpoint', () => {
    expect(errorsOf(stored(journeyRun()))).toEqual([]);
  });

  it.each(Object.entries(FIXTURES))('the summary of a %s run, as it is stored', (_name, summary) => {
    expect(errorsOf(stored(summary))).toEqual([]);
  });

  it('a run that a signal killed before its load', () => {
    const { k6ExitCode: _, loadStartedAt: __, ...killed } = FIXTURES.healthy;
    expect(errorsOf(stored(killed))).toEqual([]);
  });

  it('a run that left requests without an outcome', () => {
    const load = loadRecord({ unattributedRequests: 2 });
    expect(errorsOf(stored({ ...FIXTURES.incomplete, load }))).toEqual([]);
  });

  it('a run with everything that may be absent', () => {
    const load = loadRecord({ hasSeveralClients: true, endedEarly: true });
    const endpoints = FIXTURES.healthy.endpoints.map((each) => ({
      ...each,
      limitedWithoutRetryAfter: 0,
      server: 'auth',
    }));
    const servers = { auth: 'http://127.0.0.1:8001/v1' };
    const atRest = [{ ...restOf('a', { not_found: 3 }), causes: ['status 404'] }];
    const system = { name: 'Control Center Backend v1.0.0', stack: 'fastapi' };
    const k6Options = { noConnectionReuse: true, batch: 5, localIPs: '10.0.0.1' };
    const rows = { rows: 3, sha256: 'a'.repeat(64) };
    const data = [
      { name: 'users', pick: 'user', recycle: true, ...rows },
      { name: 'articles', pick: 'random', seed: -1, ...rows },
    ] as const;
    const run = { ...FIXTURES.healthy, servers, system, load, endpoints, atRest, k6Options, data };
    expect(errorsOf(stored(run))).toEqual([]);
  });

  it('every outcome', () => {
    const outcomes = Object.fromEntries(OUTCOMES.map((outcome, i) => [outcome, i]));
    expect(errorsOf(stored(runSummary(measuredRun([endpointSummary('a', { outcomes })]))))).toEqual([]);
  });

  const rhythm = { thinkTimeSeconds: 0, pacingSeconds: 0.5 };
  it.each<LoadShape>([
    { kind: 'constant-users', users: 1, durationSeconds: 60, rampUpSeconds: 0, ...rhythm },
    { kind: 'ramping-users', startUsers: 0, stages: [{ users: 0, durationSeconds: 0 }], ...rhythm },
    { kind: 'fixed-work', users: 50, requestsPerEndpoint: 10, ...rhythm },
    { kind: 'fixed-journeys', users: 50, journeysPerUser: 10, ...rhythm, journey: 'buy' },
    { kind: 'constant-arrivals', ratePerSecond: 0.5, durationSeconds: 60, expectedLatencyMs: 1000, journey: 'buy' },
    {
      kind: 'ramping-arrivals',
      startRatePerSecond: 0,
      stages: [{ ratePerSecond: 2.5, durationSeconds: 5 }],
      expectedLatencyMs: 1000,
      maxUsers: 9,
    },
  ])('a plan of $kind', (shape) => {
    const load = loadRecord({ plan: { stream: shape } });
    expect(errorsOf(stored({ ...FIXTURES.healthy, load }))).toEqual([]);
  });
});

describe('the schema rejects', () => {
  const summary = FIXTURES.healthy;
  const [endpoint] = summary.endpoints;
  const [threshold] = summary.thresholds;
  const { runId: _, ...withoutRunId } = summary;
  const { actual: __, ...withoutActual } = threshold ?? expect.fail('the healthy run has no threshold');
  const withEndpoint = (changes: object) => ({ ...summary, endpoints: [{ ...endpoint, ...changes }] });
  const withLatency = (ok: object) => ({
    ...summary,
    totals: { ...summary.totals, latencyMs: { ...summary.totals.latencyMs, ok } },
  });
  const withThreshold = (changes: object) => ({ ...summary, thresholds: [{ ...threshold, ...changes }] });

  it.each<[string, unknown, RegExp]>([
    ['a system with an unknown key', { ...summary, system: { port: 80 } }, /^\/system must NOT/],
    ['an unknown key', { ...summary, setup_data: {} }, /^ must NOT have additional properties$/],
    ['a missing runId', withoutRunId, /^ must have required property 'runId'$/],
    ['an empty runId', { ...summary, runId: '' }, /^\/runId /],
    ['another version', { ...summary, schemaVersion: 3 }, /^\/schemaVersion /],
    [
      'a negative count',
      { ...summary, totals: { ...summary.totals, requests: -1 } },
      /^\/totals\/requests must be >= 0$/,
    ],
    ['half a request', withEndpoint({ requests: 0.5 }), /^\/endpoints\/0\/requests must be integer$/],
    ['a negative outcome', withEndpoint({ outcomes: { ok: -1 } }), /^\/endpoints\/0\/outcomes\/ok /],
    [
      'an outcome that does not exist',
      withEndpoint({ outcomes: { crashed: 1 } }),
      /^\/endpoints\/0\/outcomes must NOT/,
    ],
    ['headers of an endpoint', withEndpoint({ headers: { authorization: 'x' } }), /^\/endpoints\/0 must NOT/],
    ['a query string', withEndpoint({ path: '/a?token=1' }), /^\/endpoints\/0\/path /],
    ['credentials in the target', { ...summary, target: 'http://user:secret@h' }, /^\/target /],
    ['a verdict that does not exist', { ...summary, verdict: 'ok' }, /^\/verdict /],
    ['a verdict without a reason', { ...summary, reasons: [] }, /^\/reasons /],
    ['a day instead of a time', { ...summary, startedAt: '2026-11-23' }, /^\/startedAt must match format "date-time"$/],
    ['a time that is not UTC', { ...summary, endedAt: '2026-11-23T19:00:00+02:00' }, /^\/endedAt /],
    ['figures of nothing', withLatency({ count: 0, p95: 0 }), /^\/totals\/latencyMs\/ok must NOT have more than 1/],
    [
      'a ladder of other points',
      withLatency({ count: 1, ladder: [[0.5, 1, 2]] }),
      /^\/totals\/latencyMs\/ok\/ladder\/0 /,
    ],
    ['half a point', withLatency({ count: 1, ladder: [[0.5]] }), /^\/totals\/latencyMs\/ok\/ladder\/0 /],
    [
      'percentiles for quantiles',
      withLatency({ count: 1, ladder: [[95, 1]] }),
      /^\/totals\/latencyMs\/ok\/ladder\/0\/0 /,
    ],
    ['a figure of nothing in a threshold', withThreshold({ verdict: 'no_data' }), /^\/thresholds\/0\/actual /],
    [
      'a judged threshold without its figure',
      { ...summary, thresholds: [withoutActual] },
      /^\/thresholds\/0 must have/,
    ],
    ['a metric that does not exist', withThreshold({ metric: 'p95' }), /^\/thresholds\/0\/metric /],
    ['a plan without streams', { ...summary, load: loadRecord({ plan: {} }) }, /^\/load\/plan /],
    ['the fingerprint of another hash', { ...summary, fingerprint: 'md5:00' }, /^\/fingerprint /],
    ['a list', [summary], /^ must be object$/],
  ])('%s', (_case, value, error) => {
    expect(errorsOf(value)).toContainEqual(expect.stringMatching(error));
  });

  it('a plan of a shape that does not exist', () => {
    const load = { ...summary.load, plan: { users: { kind: 'chaos' } } };
    expect(errorsOf({ ...summary, load })).toContainEqual(expect.stringMatching(/^\/load\/plan\/users must match/));
  });
});

it('the schema keeps up with the types: version, outcomes, verdicts and metrics', () => {
  const { properties, $defs } = schema;
  expect(properties.schemaVersion.enum).toEqual([1, SCHEMA_VERSION]);
  expect(Object.keys($defs.outcomes.properties)).toEqual(OUTCOMES);
  expect(properties.verdict.enum).toEqual(VERDICTS);
  expect($defs.threshold.properties.metric.enum).toEqual(metricNames());
});
