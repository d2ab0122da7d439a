import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import { atRest, endpointSummary, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import type { RunEvidence } from './evidence.ts';
import { jointNotes, notesOf } from './notes.ts';

const summary = runSummary(measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })], { atRest: [atRest('a')] }));
const runWith = (changes: Partial<RunEvidence>): RunEvidence => ({ ...asStored(summary), ...changes }) as RunEvidence;

describe('a run is annotated', () => {
  it('not at all where there is nothing to know', () => {
    expect(notesOf(runWith({}))).toEqual([]);
  });

  it('with whatever its source does not say', () => {
    expect(notesOf(runWith({ lacks: ['No p99.', 'No path.'] }))).toEqual(['No p99.', 'No path.']);
  });

  it('where limits per client cannot be judged', () => {
    expect(notesOf(runWith({ load: loadRecord({ hasSeveralClients: true }) }))[0]).toMatch(/several client addresses/);
  });

  it('where k6 was told what changes the work', () => {
    const k6Options = { noConnectionReuse: true, localIPs: '10.0.0.1' };
    expect(notesOf(runWith({ k6Options }))).toEqual([
      'k6 options that change the work: noConnectionReuse, localIPs 10.0.0.1.',
    ]);
  });

  it('where it ended early, with users still waiting', () => {
    const load = loadRecord({ usersAtEnd: 7, endedEarly: true });
    expect(notesOf(runWith({ load }))[0]).toContain('up to 7 here');
    expect(notesOf(runWith({ load: { ...load, usersAtEnd: 0 } }))).toEqual([]);
  });

  it('not for connections of which 0 were refused or reset', () => {
    const totals = { ...summary.totals, outcomes: { ok: 5, refused: 0, reset: 0 } };
    expect(notesOf(runWith({ totals }))).toEqual([]);
  });
});

it('of several runs each note stands once, with those it is about unless it is about all', () => {
  const x = runWith({ scenario: 'x', lacks: ['Of all.', 'Of two.', 'Of x.'] });
  const y = runWith({ scenario: 'y', lacks: ['Of all.', 'Of two.'] });
  const z = runWith({ scenario: 'z', lacks: ['Of all.'] });
  expect(jointNotes([x, y, z])).toEqual(['Of all.', 'x, y: Of two.', 'x: Of x.']);
});
