import type { Questions } from '../../core/questions/question.ts';
import { isOrdinaryLoad, questionOf } from '../../core/questions/table.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import { isDeclared } from '../../core/spec/not-declared.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatDuration } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';
import type { Limits, Need, ReleasePolicy } from './release-policy.ts';
import { doubtsOf } from './soundness.ts';

/** One thing that a release must show. */
export interface Requirement {
  readonly requirement: string;
  /** What was shown of it, with its figure. */
  readonly shown: string;
  readonly isMet: boolean;
}

/** A declared release policy, held against the runs that a report or the gate is made of. */
export interface ReleaseJudgement {
  readonly isMet: boolean;
  readonly requirements: readonly Requirement[];
  /** What is not met, each with its figure. */
  readonly lacking: readonly string[];
}

/** What a release is judged by. */
export interface ReleaseBasis {
  readonly runs: readonly RunEvidence[];
  readonly problems: readonly Problem[];
  /** What was planned or named and is not among the runs, one sentence each. */
  readonly missing: readonly string[];
}

interface Held extends Requirement {
  /** Said of it where it is not met. */
  readonly lack: string;
}

/** Judges a release, by everything that was shown of it and nothing else. */
export function judgeRelease(policy: ReleasePolicy, basis: ReleaseBasis, questions?: Questions): ReleaseJudgement {
  const held = [
    ...policy.needs.flatMap((need) => judgeNeed(need, basis.runs, questions)),
    everyRunPassed(basis),
    ownTarget(basis.runs, policy),
    oneOf('target', basis.runs),
    oneOf('release', basis.runs),
    soundMeasurement(basis.runs),
    noCriticalFinding(basis.problems),
  ];
  const lacking = held.filter(({ isMet }) => !isMet).map(({ lack }) => lack);
  return {
    isMet: lacking.length === 0,
    requirements: held.map(({ lack: _, ...requirement }) => requirement),
    lacking,
  };
}

/** Of several runs of a scenario, the one that lacks least counts for it: that each of them passed is another matter. */
function judgeNeed(need: Need, all: readonly RunEvidence[], questions: Questions | undefined): Held[] {
  const { scenario } = need;
  const runs = all.filter((run) => run.scenario === scenario);
  const wasRun: Held = {
    requirement: `a run of ${scenario}`,
    shown: runs.length === 0 ? 'not run' : counted(runs.length, 'run'),
    isMet: runs.length > 0,
    lack: `${scenario} was not run`,
  };
  const lacksOf = (rows: readonly Held[]) => rows.filter(({ isMet }) => !isMet).length;
  const [best = []] = runs.map((run) => judgeSize(need, run, questions)).sort((a, b) => lacksOf(a) - lacksOf(b));
  return [wasRun, ...best];
}

/** What must be said of a load that is meant to be too much, or is one user alone, is for its own question. */
function limitsOf(need: Need, { study }: RunEvidence, questions: Questions | undefined): Limits {
  const isUsual = isOrdinaryLoad(study, questions) && questionOf(study, questions)?.measuresAtRest !== true;
  return { ...(isUsual ? need.usual : {}), ...need };
}

function judgeSize(need: Need, run: RunEvidence, questions: Questions | undefined): Held[] {
  const { minDurationSeconds, minSamplesPerEndpoint } = limitsOf(need, run, questions);
  return [
    ...(minDurationSeconds === undefined ? [] : [judgeDuration(run, minDurationSeconds)]),
    ...(minSamplesPerEndpoint === undefined ? [] : [judgeSamples(run, minSamplesPerEndpoint)]),
  ];
}

/** In whole seconds: the last iteration of a minute ends shortly before or after it. */
function judgeDuration({ scenario, load: { windowSeconds } }: RunEvidence, min: number): Held {
  const shown = windowSeconds === undefined ? 'not known' : formatDuration(windowSeconds);
  return {
    requirement: `${scenario}: at least ${formatDuration(min)} of load`,
    shown,
    isMet: windowSeconds !== undefined && Math.round(windowSeconds) >= min,
    lack: `${scenario}: ${shown} of load, at least ${formatDuration(min)} needed`,
  };
}

/** Replies that an endpoint should give: `ok`, and the 429 of a limit that it declares. */
function judgeSamples({ scenario, endpoints }: RunEvidence, min: number): Held {
  const samples = endpoints
    .filter(isDeclared)
    .map(({ path, outcomes, rateLimit }) => ({
      path,
      count: countOutcomes(outcomes, 'ok', ...(rateLimit === undefined ? [] : (['rate_limited'] as const))),
    }))
    .sort((a, b) => a.count - b.count);
  const few = samples.filter(({ count }) => count < min);
  const [least] = samples;
  const needed = `at least ${formatCount(min)} samples per endpoint`;
  const others = few.length > 1 ? ` (${counted(few.length - 1, 'more endpoint')} with too few)` : '';
  const shown =
    least === undefined ? 'no endpoint is known' : `${counted(least.count, 'sample')} of ${least.path}${others}`;
  return {
    requirement: `${scenario}: ${needed}`,
    shown,
    isMet: least !== undefined && few.length === 0,
    lack: `${scenario}: ${shown}, ${needed} needed`,
  };
}

function everyRunPassed({ runs, missing }: ReleaseBasis): Held {
  const passed = runs.filter(({ verdict }) => verdict === 'pass').length;
  const shown = [`${passed} of ${runs.length}`, ...missing].join('; ');
  return {
    requirement: 'every run passes',
    shown,
    isMet: runs.length > 0 && passed === runs.length && missing.length === 0,
    lack: [...(passed === runs.length ? [] : [`${passed} of ${counted(runs.length, 'run')} passed`]), ...missing].join(
      '; ',
    ),
  };
}

function ownTarget(runs: readonly RunEvidence[], policy: ReleasePolicy): Held {
  const embedded = runs.filter(({ targetKind }) => targetKind === 'reference-backend');
  const unknown = policy.ownTarget ? runs.filter(({ targetKind }) => targetKind === undefined) : [];
  const lack = [
    ...(embedded.length === 0 ? [] : [`${scenariosOf(embedded)} ran against the embedded reference backend`]),
    ...(unknown.length === 0 ? [] : [`the target of ${scenariosOf(unknown)} is not known`]),
  ].join('; ');
  return {
    requirement: 'a service of your own as the target',
    shown: lack === '' ? named(distinct(runs.map(({ target }) => target ?? 'not known'))) : lack,
    isMet: lack === '',
    lack,
  };
}

/** What was shown of two services, or of two releases of one, was shown of neither. */
function oneOf(member: 'target' | 'release', runs: readonly RunEvidence[]): Held {
  const values = distinct(runs.flatMap((run) => run[member] ?? []));
  return {
    requirement: `one ${member} in all runs`,
    shown: values.length === 0 ? 'not named' : named(values),
    isMet: values.length < 2,
    lack: `the runs are of ${values.length} ${member}s: ${named(values)}`,
  };
}

function soundMeasurement(runs: readonly RunEvidence[]): Held {
  const doubts = runs.flatMap((run) => doubtsOf(run).map((doubt) => `${run.scenario}: ${doubt}`));
  return {
    requirement: 'a sound measurement',
    shown: doubts.length === 0 ? 'the load was delivered, by a generator that could' : doubts.join('; '),
    isMet: doubts.length === 0,
    lack: doubts.join('; '),
  };
}

function noCriticalFinding(problems: readonly Problem[]): Held {
  const critical = problems.filter(({ severity }) => severity === 'critical').map(({ summary }) => summary);
  return {
    requirement: 'no critical finding',
    shown: critical.length === 0 ? 'none' : critical.join(' '),
    isMet: critical.length === 0,
    lack: `${counted(critical.length, 'critical finding')}: ${critical.map((text) => text.replace(/\.$/, '')).join('; ')}`,
  };
}

/** What the runs of a met policy amount to: `2 runs, 7,300 requests`. */
export function sizeOf(runs: readonly RunEvidence[]): string {
  return `${counted(runs.length, 'run')}, ${counted(sum(runs.map(({ totals }) => totals.requests)), 'request')}`;
}

function scenariosOf(runs: readonly RunEvidence[]): string {
  return named(distinct(runs.map(({ scenario }) => scenario)));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
