import { expect, it } from 'vitest';
import { journeySummary } from '../../testing/journeys.ts';
import { loadRecord } from '../../testing/runs.ts';
import { countCutOff } from './measure-journeys.ts';

const load = loadRecord({ iterations: { completed: 9, dropped: 0, failed: 0, interrupted: 5 } });

it('counts journeys that had begun and came to no end, and not those in the pause after one', () => {
  const journeys = [journeySummary('buy', 4, { started: 6 }), journeySummary('look', 5)];
  expect(countCutOff({ journeys, load })).toBe(2);
});

it('is what k6 says where an iteration is a request, and nothing where nobody knows', () => {
  expect(countCutOff({ load })).toBe(5);
  expect(countCutOff({ journeys: [], load: loadRecord() })).toBe(loadRecord().iterations.interrupted);
});
