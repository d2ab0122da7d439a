import type { Contradiction } from '../../measure/contradiction.ts';
import { questionOf } from '../../questions/table.ts';
import type { RunSummary } from '../run-summary.ts';

/** What the figures of an answer say of each other, as its question knows it. */
export function contradictionsOfAnswer({ study }: Pick<RunSummary, 'study'>): Contradiction[] {
  return study === undefined || study.invalid !== undefined ? [] : (questionOf(study)?.contradictions?.(study) ?? []);
}
