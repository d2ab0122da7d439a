import type { StoredLoad } from '../../core/measure/measured.ts';
import type { Questions } from '../../core/questions/question.ts';
import { headlineOfAnswer, isOrdinaryLoad, questionOf } from '../../core/questions/table.ts';
import { modelOf, peaksOf } from '../../core/spec/load-shape.ts';
import { isDeclared } from '../../core/spec/not-declared.ts';
import { formatCount, formatDuration, formatPlannedRate } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';
import type { Gap } from './gaps.ts';

const MOST_RUNS = 4;

/** What a test has shown, a run each: what was answered, by which load, for how long. Ordinary load comes first. */
export function shownBy(runs: readonly RunEvidence[], questions?: Questions): string[] {
  // What is meant to be too much, or is one user alone, says with its answer what it showed.
  const hasAnswer = ({ study }: RunEvidence) =>
    study !== undefined && (!isOrdinaryLoad(study, questions) || questionOf(study, questions)?.measuresAtRest === true);
  const textOf = (run: RunEvidence) =>
    run.study !== undefined && hasAnswer(run)
      ? headlineOfAnswer(run.study, questions).replace(/\.$/, '')
      : answeredText(run);
  const sorted = [...runs.filter((run) => !hasAnswer(run)), ...runs.filter(hasAnswer)];
  const shown = sorted
    .slice(0, MOST_RUNS)
    .map((run) => (runs.length === 1 ? textOf(run) : `${run.scenario}: ${textOf(run)}`));
  const more = runs.length - shown.length;
  return more > 0 ? [...shown, `and what ${counted(more, 'more run')} answered`] : shown;
}

/** `12 endpoints answered 50 users for 1m`. */
export function answeredText(run: RunEvidence): string {
  const { totals, load } = run;
  const endpoints = run.endpoints.filter(isDeclared);
  const answered = endpoints.filter(({ outcomes }) => countOutcomes(outcomes, 'ok') > 0).length;
  // A summary of k6's own need not say of an endpoint whether it answered.
  const isTold = endpoints.length > 0 && endpoints.every(({ outcomes }) => countOutcomes(outcomes, 'unknown') === 0);
  const who = !isTold
    ? undefined
    : answered === endpoints.length
      ? counted(answered, 'endpoint')
      : `${answered} of ${counted(endpoints.length, 'endpoint')}`;
  const by = peakText(run) ?? (totals.requests > 0 ? counted(totals.requests, 'request') : undefined);
  const time = load.windowSeconds === undefined ? '' : ` for ${formatDuration(load.windowSeconds)}`;
  if (by === undefined) return 'its thresholds';
  return who === undefined ? `its thresholds under a load of ${by}${time}` : `${who} answered ${by}${time}`;
}

/** The most users at a time, and the most arrivals per second; undefined where the plan is not known. */
function peakText({ load, journeys }: RunEvidence): string | undefined {
  const { plan = {}, mostUsers }: StoredLoad = load;
  const shapes = Object.values(plan);
  const { users: planned, ratePerSecond } = peaksOf(plan);
  const users = shapes.length === 0 ? (mostUsers ?? 0) : planned;
  const isLevel = shapes.every(({ kind }) => kind !== 'ramping-users' && kind !== 'ramping-arrivals');
  const parts = [
    ...(users > 0 ? [users === 1 ? 'one user' : `${formatCount(users)} users`] : []),
    ...(ratePerSecond > 0 ? [formatPlannedRate(ratePerSecond, journeys === undefined ? 'requests' : 'journeys')] : []),
  ];
  return parts.length === 0 ? undefined : `${isLevel ? '' : 'up to '}${parts.join(' and ')}`;
}

/** What a test did not show, whatever its verdict: most important first. */
export function notShownBy(runs: readonly RunEvidence[], gaps: readonly Gap[]): string[] {
  return [
    ...(runs.some(isOfDemoTarget) ? ['the behaviour of your own service'] : []),
    ...(runs.length > 0 && runs.every(isOneUser) ? ['behaviour under load (one user sent the requests)'] : []),
    ...(gaps.length > 0 ? [`what ${named(gaps.map(({ scenario }) => scenario))} would show`] : []),
  ];
}

/** The reference backend tries out this tool: what it answers says nothing of another service. */
export function isOfDemoTarget({ targetKind }: Pick<RunEvidence, 'targetKind'>): boolean {
  return targetKind === 'reference-backend';
}

function isOneUser({ load }: RunEvidence): boolean {
  const { plan = {}, mostUsers }: StoredLoad = load;
  if (Object.keys(plan).length === 0) return mostUsers === 1;
  return Object.values(plan).every((shape) => modelOf(shape) === 'closed') && peaksOf(plan).users <= 1;
}
