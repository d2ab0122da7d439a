import { expect, it } from 'vitest';
import { journeySummary } from '../../testing/journeys.ts';
import { endpointSummary, loadRecord } from '../../testing/runs.ts';
import { isFaultOfScript } from './fault-of-script.ts';
import type { StoredThreshold } from './threshold.ts';
import type { JudgedRun } from './verdict.ts';

const share: StoredThreshold = {
  metric: 'journeysCompletedShare',
  journey: 'buy',
  limit: 0.9,
  operator: '>=',
  unit: 'share',
  actual: 0.5,
  samples: 10,
  verdict: 'fail',
};
const slow: StoredThreshold = { metric: 'okP95Ms', limit: 5, operator: '<', unit: 'ms', samples: 9, verdict: 'fail' };
const held: StoredThreshold = { ...slow, verdict: 'pass' };
const threw = loadRecord({ iterations: { completed: 5, dropped: 0, failed: 5 } });

const isOfScript = (changes: Partial<JudgedRun<StoredThreshold>>) =>
  isFaultOfScript({
    load: threw,
    endpoints: [endpointSummary('list', { outcomes: { ok: 10 } })],
    journeys: [journeySummary('buy', 5, { started: 10, failed: 5 })],
    thresholds: [held],
    k6Thresholds: [],
    k6ExitCode: 0,
    ...changes,
  });

const failedTeardown = { ...loadRecord(), failedTeardown: 'Error: no' };

it.each<[string, Partial<JudgedRun<StoredThreshold>>]>([
  ['only threw', {}],
  ['completed few journeys, for they threw', { thresholds: [held, share] }],
  ['completed none, for they threw', { journeys: [journeySummary('buy', 0, { started: 5, failed: 5 })] }],
  ['lost an exception', { load: loadRecord({ iterations: { completed: 5, dropped: 0, failed: 0, unawaited: 5 } }) }],
  ['failed in its teardown', { load: failedTeardown, k6ExitCode: 107 }],
  ['is of others and always threw', { load: { iterations: { completed: 5, dropped: 0, thrown: 5 } } }],
])('a run that %s is the fault of its script', (_, changes) => {
  expect(isOfScript(changes)).toBe(true);
});

it.each<[string, Partial<JudgedRun<StoredThreshold>>]>([
  ['did not throw', { load: loadRecord(), thresholds: [slow] }],
  ['was slow as well', { thresholds: [slow, share] }],
  ['never had a successful response', { endpoints: [endpointSummary('list', { outcomes: { server_error: 10 } })] }],
  [
    'stopped journeys at responses as well',
    {
      thresholds: [held, share],
      journeys: [journeySummary('buy', 5, { started: 10, stoppedAt: { list: 3 }, failed: 2 })],
    },
  ],
])('a run that %s says something of the service', (_, changes) => {
  expect(isOfScript(changes)).toBe(false);
});
