import { expect, it } from 'vitest';
import { oneEndpoint, runOf } from '../../testing/problems.ts';
import { loadRecord } from '../../testing/runs.ts';
import { readK6Summary } from '../foreign/read-k6-summary.ts';
import { expectDistinctRuns, expectNoCopies } from './expect-distinct.ts';

const run = (ok: number, summary: object = {}) => runOf({ ...oneEndpoint({ ok }), summary });

it('runs that were measured by themselves are distinct, and one may be named twice', () => {
  const one = run(500, { runId: 'one' });
  expectDistinctRuns([one, run(501, { runId: 'two' }), one]);
});

it('a copy under another name is found by its figures', () => {
  expect(() => expectDistinctRuns([run(500, { runId: 'one' }), run(500, { runId: 'two' })])).toThrow(
    '"two" is a copy of "one": their figures are the same.',
  );
});

it('only our own runs are looked at where each counts for itself', () => {
  const [one, two] = [run(500, { runId: 'one' }), run(500, { runId: 'two' })];
  expect(() => expectNoCopies([one, two])).toThrow('"two" is a copy of "one": their figures are the same.');
  expectNoCopies([one, run(501, { runId: 'two' }), one]);
  const foreign = ['a', 'b'].map((name) => readK6Summary('handleSummary', { metrics: {} }, { runId: name, name }));
  expectNoCopies(foreign);
});

it('a part of a run is no run', () => {
  const part = { ...run(500, { runId: 'one' }), load: loadRecord({ segment: { of: 2 } }) };
  expect(() => expectDistinctRuns([part])).toThrow(/shard 1 of 2/);
});
