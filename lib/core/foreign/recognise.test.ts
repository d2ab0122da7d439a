import { expect, it } from 'vitest';
import replay from '../../report/replay/load-concurrent-001.summary.json' with { type: 'json' };
import { FIXTURES } from '../../testing/runs.ts';
import handleSummary from './fixtures/golden/handle-summary.json' with { type: 'json' };
import machineReadable from './fixtures/golden/machine-readable.json' with { type: 'json' };
import compact from './fixtures/golden/real_handlesummary_compact_extra_keys.json' with { type: 'json' };
import grouped from './fixtures/golden/real_handlesummary_thresholds_failed_groups.json' with { type: 'json' };
import summaryExport from './fixtures/golden/summary-export.json' with { type: 'json' };
import { isUnjudged, recognise } from './recognise.ts';

it.each([
  ['handleSummary', handleSummary],
  ['handleSummary', grouped],
  ['handleSummary', compact],
  ['summary-export', summaryExport],
  ['machine-readable', machineReadable],
  ['hand-made', replay],
  ['k6-verdict', FIXTURES.healthy],
])('%s is recognised by what is in it', (source, json) => {
  expect(recognise(json)).toBe(source);
});

it('a run that measured nothing is told by its groups', () => {
  expect(recognise({ metrics: {}, root_group: { groups: [] } })).toBe('handleSummary');
  expect(recognise({ metrics: {}, root_group: { groups: {} } })).toBe('summary-export');
});

it("what a scenario of ours measured is not taken for one of k6's files", () => {
  const figures = { metrics: { http_reqs: { values: { count: 94 } } } };
  const measured = { ...figures, testId: 'A', scenario: 'orders', endpoints: [], thresholds: [], atRest: [] };
  expect(recognise(measured)).toBeUndefined();
  expect(isUnjudged(measured)).toBe(true);
  expect(recognise(figures)).toBe('handleSummary');
  expect(isUnjudged(figures)).toBe(false);
});

it.each([
  ['nothing', null],
  ['a text', 'metrics'],
  ['a list', [handleSummary]],
  ['an empty object', {}],
  ['a joint record', { schemaVersion: 1, testId: 'A', runIds: [] }],
  ['a report', { schemaVersion: 1, header: { toolVersion: '1' }, verdict: 'pass' }],
  ["k6's options", { scenarios: {}, thresholds: {} }],
  ['metrics without figures', { metrics: { http_reqs: {} } }],
  ["another tool's summary", { schemaVersion: 1, tool: { name: 'other' } }],
])('%s is none of the shapes', (_what, json) => {
  expect(recognise(json)).toBeUndefined();
});
