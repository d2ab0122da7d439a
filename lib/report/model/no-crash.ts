import {
  countSent,
  NO_ANSWER,
  OUTCOME_LABELS,
  type OutcomeOfKind,
  outcomesOfKind,
} from '../../core/measure/outcome.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { Criterion } from './criterion.ts';
import { type Evidence, withoutStatuses } from './evidence.ts';
import { countOutcomes } from './figures.ts';

/** Whether the service answered to the end, as far as that is known. */
export function noCrash({ totals, runs }: Evidence): Criterion {
  const named = {
    id: 'no-crash',
    criterion: 'No crash',
    target: 'every connection accepted, responses until the load ended',
  };
  const { outcomes } = totals;
  if (countSent(totals) === 0) return { ...named, actual: 'nothing was measured', status: 'not measured' };
  const broken = countOutcomes(outcomes, ...outcomesOfKind('not_accepted'));
  const unknown = countOutcomes(outcomes, ...outcomesOfKind('not_recorded'));
  const silent = runs.filter(({ totals: own }) => countSent(own) > 0 && isSilent(own.outcomes, own.requests));
  if (broken > 0) {
    const parts = outcomesOfKind('not_accepted')
      .filter((outcome) => outcome !== 'http2_error' || countOutcomes(outcomes, outcome) > 0)
      .map((outcome) => `${formatCount(countOutcomes(outcomes, outcome))} ${NOT_ACCEPTED[outcome]}`);
    return { ...named, actual: parts.join(', '), status: 'fail' };
  }
  if (silent.length > 0) {
    return {
      ...named,
      actual: `no request of ${silent.map(({ scenario }) => scenario).join(', ')} was answered`,
      status: 'fail',
    };
  }
  if (unknown > 0) {
    const isByHand = runs.some(({ source }) => source === 'hand-made');
    return {
      ...named,
      actual: `${counted(unknown, 'request')} ${isByHand ? 'got no answer, for reasons not recorded' : 'failed for reasons not recorded'}`,
      status: isByHand ? 'fail' : 'not measured',
    };
  }
  if (countOutcomes(outcomes, 'unknown') > 0 || withoutStatuses(runs).length > 0)
    return { ...named, actual: 'the outcome of every request is not stored', status: 'not measured' };
  const lost = outcomesOfKind('too_late', 'not_reached')
    .map((outcome) => ({ outcome, count: countOutcomes(outcomes, outcome) }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) =>
      outcome === 'timeout' ? counted(count, 'timeout') : `${formatCount(count)} ${OUTCOME_LABELS[outcome]}`,
    );
  return {
    ...named,
    actual: lost.length === 0 ? 'every request was answered' : `no connection refused or reset; ${lost.join(', ')}`,
    status: 'pass',
  };
}

const NOT_ACCEPTED: Record<OutcomeOfKind<'not_accepted'>, string> = {
  refused: 'refused',
  reset: 'reset connections',
  http2_error: 'ended by an HTTP/2 error',
};

function isSilent(outcomes: Evidence['totals']['outcomes'], requests: number): boolean {
  return countOutcomes(outcomes, ...NO_ANSWER) === requests;
}
