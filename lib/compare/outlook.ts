import { repliesNeeded } from '../core/measure/percentile-stability.ts';
import { UserError } from '../core/spec/errors.ts';
import type { ExpectedReplies } from '../core/spec/expected-replies.ts';
import { formatCount, formatDuration } from '../core/spec/units.ts';
import { counted, named } from '../core/spec/words.ts';
import { DECIDING_PERCENTILES } from './deciding-percentile.ts';
import { changeText } from './describe.ts';
import type { ComparisonPolicy } from './policy.ts';
import { alphaOf, DEFAULT_EFFECT } from './policy.ts';
import { QUANTILES } from './row-definition.ts';
import { logMargins, smallestDetectable } from './state.ts';

/** What is known of a comparison before its first run. */
export interface ComparisonPlan {
  /** Of the first look; the second takes as many again. */
  readonly pairs: number;
  readonly looks: number;
  /** Absent for journeys: nobody knows what their code sends. */
  readonly replies?: ExpectedReplies;
  /** Of a test of journeys, in one run: more there cannot be, however fast the answers are. */
  readonly mostJourneys?: number;
  readonly policy: ComparisonPolicy;
}

type Percentile = (typeof DECIDING_PERCENTILES)[number];

/** The percentile that so many ok replies in every run can be decided by; undefined where none can. */
export function percentileFor(replies: number): Percentile | undefined {
  return DECIDING_PERCENTILES.find((metric) => replies >= repliesNeeded(QUANTILES[metric]));
}

/**
 * What a comparison will be able to decide (docs/comparison-procedure.md §2.2 and §2.9), for whoever starts it.
 * @returns lines of text
 * @throws UserError for a plan that can decide nothing
 */
export function outlookOf(plan: ComparisonPlan): string[] {
  refuseUndecidable(plan);
  const { pairs, looks, replies, mostJourneys } = plan;
  const again = looks > 1 ? ', and as many again where the first look leaves something open' : '';
  return [
    `Plan: ${2 * pairs} runs, ${counted(pairs, 'pair')}${again}.`,
    ...(replies === undefined ? journeysText(mostJourneys) : [`  ${repliesText(replies)}`]),
    `  ${detectableText(plan)}`,
  ];
}

/** More than the plan gives by far: the answers of a service take time as well. */
const ALLOWANCE = 1.25;

function refuseUndecidable({ pairs, looks, replies }: ComparisonPlan): void {
  if (pairs * looks < 2)
    throw new UserError({
      what: 'This plan cannot give a result: how much two runs of the same release differ stays unknown.',
      received: '--pairs 1 with --looks 1',
      expected: 'two pairs at least, and five to find small changes',
      todo: 'leave --pairs and --looks out',
    });
  if (replies === undefined) return;
  const most = Math.max(0, ...Object.values(replies.most));
  if (percentileFor(most) !== undefined) return;
  const needed = repliesNeeded(QUANTILES.p50);
  throw new UserError({
    what: 'This plan cannot give a result: no endpoint gets enough responses in a run for any percentile of its latency.',
    received: `at most ${counted(most, 'successful response', 'successful responses')} of an endpoint in each run${nowText(replies)}`,
    expected: `${needed} of an endpoint in every run for its p50 to decide, ${formatCount(repliesNeeded(QUANTILES.p95))} for its p95`,
    todo:
      [
        growth(replies, most, needed, ' for the p50'),
        growth(replies, most, repliesNeeded(QUANTILES.p95), ' for the p95'),
      ]
        .filter((each) => each !== undefined)
        .join(', or ') || 'a plan that sends more',
  });
}

function nowText({ grownBy }: ExpectedReplies): string {
  return grownBy === undefined ? '' : ` (${settingText(grownBy.setting, grownBy.value)})`;
}

function settingText(setting: 'DURATION' | 'VUS', value: number): string {
  return setting === 'VUS' ? `--vus ${value}` : `--duration ${formatDuration(value)}`;
}

/** `--duration 41s`: what would give so many replies. */
function growth({ grownBy }: ExpectedReplies, now: number, needed: number, forWhat = ''): string | undefined {
  if (grownBy === undefined || now === 0) return undefined;
  const { setting, value } = grownBy;
  return `${settingText(setting, Math.ceil((value * ALLOWANCE * needed) / now))}${forWhat}`;
}

function journeysText(most: number | undefined): string[] {
  if (most === undefined) return [];
  return [
    `  at most about ${counted(most, 'journey')} in a run (fewer where their pauses and the answers take longer); how many requests these send is not known beforehand`,
  ];
}

function repliesText(replies: ExpectedReplies): string {
  const { usual } = replies;
  const counts = Object.values(usual);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const range = fewest === most ? formatCount(most) : `${formatCount(fewest)} to ${formatCount(most)}`;
  const groups = DECIDING_PERCENTILES.flatMap((metric) => {
    const ids = Object.keys(usual).filter((id) => percentileFor(usual[id] ?? 0) === metric);
    return ids.length === 0 ? [] : [{ metric, ids }];
  });
  const none = Object.keys(usual).filter((id) => percentileFor(usual[id] ?? 0) === undefined);
  const decides =
    groups.length === 1 && none.length === 0
      ? [`the ${groups[0]?.metric} of each endpoint decides`]
      : groups.map(({ metric, ids }) => `the ${metric} of ${named(ids)} decides`);
  const advice = most < repliesNeeded(QUANTILES.p95) ? growth(replies, most, repliesNeeded(QUANTILES.p95)) : undefined;
  return [
    `successful responses of each endpoint in a run: about ${range} (fewer where answers are slow or limits hold)`,
    ...decides,
    ...(none.length > 0 ? [`too few to compare the latency of ${named(none)}`] : []),
    ...(advice === undefined ? [] : [`a p95 needs 400: ${advice}`]),
  ].join('; ');
}

/** Run-to-run noise, as the coefficient of variation of one run: little, usual, much. */
const NOISES = [0.02, 0.05, 0.1];

function detectableText({ pairs, looks, policy }: ComparisonPlan): string {
  const alpha = alphaOf(policy, looks);
  const { effect } = logMargins(Number.POSITIVE_INFINITY, 0, policy.effect ?? DEFAULT_EFFECT, 0);
  const all = pairs * looks;
  const found = NOISES.map((cv) => {
    const estimate = { difference: 0, standardError: cv * Math.sqrt(2 / all), degreesOfFreedom: all - 1 };
    const change = Math.expm1(smallestDetectable(estimate, effect, alpha));
    return `${change < 10 ? changeText(change, 'ms') : 'none'} where two runs of one release differ by ${100 * cv} %`;
  });
  const [first = '', ...others] = found.map((each, i) => (i === 0 ? each : each.replace(/where .* by/, 'at')));
  return `smallest slowdown that ${counted(all, 'pair')} find four times in five: ${[first, ...others].join(', ')}`;
}
