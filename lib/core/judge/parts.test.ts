import { describe, expect, it } from 'vitest';
import { endpointSummary, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import type { LoadRecord } from '../measure/measured.ts';
import { missingParts, namedByPart } from './parts.ts';
import { asStored, type OwnRun, type RunSummary } from './run-summary.ts';

function part(instance: number, load: Partial<LoadRecord>, changes: Partial<RunSummary> = {}): OwnRun {
  const endpoints = [endpointSummary('projects', { outcomes: { ok: 500 } })];
  const run = measuredRun(endpoints, { runId: 'lost', scenario: 'case', load: loadRecord(load) });
  return asStored({ ...runSummary(run), instance, ...changes });
}

const segment = { segment: { of: 3 } };
const consecutive = { consecutivePart: { of: 2 } };
const mergedFrom = [1, 2].map((instance) => ({
  instance,
  startedAt: '2026-11-23T19:00:00.000Z',
  endedAt: '2026-11-23T19:01:05.500Z',
  requests: 250,
  verdict: 'pass' as const,
}));

describe('a part of a run', () => {
  it.each<[string, readonly OwnRun[], readonly string[]]>([
    ['alone', [part(1, segment)], ['1 of 3 shards of lost, without 2, 3: merge them first']],
    ['beside another', [part(1, segment), part(3, segment)], ['2 of 3 shards of lost, without 2: merge them first']],
    ['twice', [part(1, segment), part(1, segment)], ['1 of 3 shards of lost, without 2, 3: merge them first']],
    [
      'beside all others, unmerged',
      [part(1, segment), part(2, segment), part(3, segment)],
      ['3 of 3 shards of lost, each by itself: merge them first'],
    ],
    ['of a load in turns', [part(2, consecutive)], ['1 of 2 chunks of lost, without 1: merge them first']],
    ['of nobody knows how many', [part(2, {})], ['shard 2 of lost by itself: merge it with the others first']],
    ['beside the whole', [part(1, {}, { mergedFrom }), part(1, segment)], []],
    ['that is the whole', [part(1, {})], []],
  ])('%s', (_case, runs, expected) => expect(missingParts(runs)).toEqual(expected));

  it('is named as one wherever its scenario is', () => {
    expect(namedByPart(part(2, segment)).scenario).toBe('case, shard 2 of 3');
    expect(namedByPart(part(1, consecutive)).scenario).toBe('case, chunk 1 of 2');
    expect(namedByPart(part(1, {})).scenario).toBe('case');
  });
});
