import { OUTCOMES } from '../../measure/outcome.ts';
import type { RateLimitStudy } from '../../questions/rate-limit/answer.ts';
import type { RecoveryStudy } from '../../questions/recovery/answer.ts';
import type { StepFigures } from '../../questions/steps.ts';
import type { Study } from '../../questions/table.ts';
import type { SocketStudy } from '../../questions/websocket/answer.ts';
import { sum } from '../../spec/sum.ts';
import type { RunSummary } from '../run-summary.ts';
import { type Contradiction, expectNearly, expectSame, expectWithin } from './contradiction.ts';

/** What the figures of an answer say of each other: what they were worked out of is not stored. */
export function contradictionsOfAnswer({ study }: Pick<RunSummary, 'study'>): Contradiction[] {
  return study === undefined || study.invalid !== undefined ? [] : ofAnswer(study);
}

function ofAnswer(study: Study): Contradiction[] {
  switch (study.kind) {
    case 'rate-limit':
      return ofRateLimit(study);
    case 'recovery':
      return ofRecovery(study);
    case 'websocket':
      return ofSockets(study);
    case 'breakpoint':
      return [...ofSteps(study.steps), ...ofLevels(study)];
    case 'pool':
      return ofSteps(study.steps);
    case 'soak':
      return study.drifts.flatMap(({ intervalPerHour }, i) => {
        const [low, high] = intervalPerHour ?? [0, 0];
        return atLeast(`study.drifts[${i}].intervalPerHour[1]`, high, low, 'since its lower end is that');
      });
    case 'sequential':
      return [];
  }
}

function ofRateLimit(study: RateLimitStudy): Contradiction[] {
  const { declared, requests, accepted, limited, mostInWindow, beyondLimit, isolation, bypasses, retryAfter } = study;
  const { right, early, late, missing } = retryAfter;
  // Around the border of two fixed windows twice as many fit.
  const fitting = declared.algorithm === 'fixed-window' ? 2 * declared.requests : declared.requests;
  return [
    ...atMost('study.accepted', accepted, requests, 'the requests that were sent'),
    ...atMost('study.limited', limited, requests - Math.min(accepted, requests), 'what was sent and not accepted'),
    ...atMost('study.mostInWindow', mostInWindow, accepted, 'what was accepted at all'),
    ...atLeast(
      'study.beyondLimit',
      beyondLimit,
      mostInWindow - fitting,
      `since ${mostInWindow} were accepted where ${fitting} fit`,
    ),
    ...atMost('study.retryAfter', sum([right, early, late, missing]), limited, 'the 429 replies'),
    ...(isolation === undefined
      ? []
      : atMost('study.isolation.refused', isolation.refused, isolation.requests, 'what another client sent')),
    ...bypasses.flatMap(({ attempts, letThrough }, i) =>
      atMost(`study.bypasses[${i}].letThrough`, letThrough, attempts, 'what was tried'),
    ),
  ];
}

function ofRecovery({ probes, recoveredAfterSeconds = 0, watchedSeconds }: RecoveryStudy): Contradiction[] {
  const { answered, badBefore, badDuring, badAfter } = probes;
  return [
    ...atLeast('study.probes.answered', answered, sum([badBefore, badDuring, badAfter]), 'the bad ones among them'),
    ...atMost('study.recoveredAfterSeconds', recoveredAfterSeconds, watchedSeconds, 'as long as it was watched'),
  ];
}

function ofSockets({ started, mostHeld, heldToTheEnd, refused, dropped, messages }: SocketStudy): Contradiction[] {
  return [
    ...expectSame('study.started', started, sum([heldToTheEnd, refused, dropped]), 'held, refused and dropped'),
    ...expectWithin('study.mostHeld', mostHeld, [heldToTheEnd, started], 'those held to the end, of those started'),
    ...atMost('study.messages.answered', messages.answered, messages.sent, 'what was sent'),
  ];
}

function ofSteps(steps: readonly StepFigures[]): Contradiction[] {
  return steps.flatMap(({ requests, outcomes, failedShare }, i) => {
    const counted = sum(OUTCOMES.map((outcome) => outcomes[outcome] ?? 0));
    const failed = requests === 0 ? 0 : (requests - (outcomes.ok ?? 0)) / requests;
    return [
      ...expectSame(`study.steps[${i}].requests`, requests, counted, 'one for each outcome'),
      ...expectNearly(`study.steps[${i}].failedShare`, failedShare, failed, 'as its outcomes say'),
    ];
  });
}

/** A rate is sustained as long as each step holds. */
function ofLevels(study: Study & { readonly kind: 'breakpoint' }): Contradiction[] {
  const { steps, failedShareLimit, sustainedPerSecond } = study;
  const broken = steps.findIndex(({ holds, failedShare }) => !holds || failedShare > failedShareLimit);
  const held = steps.slice(0, broken === -1 ? steps.length : broken).map(({ level }) => level);
  if (sustainedPerSecond === undefined || held.includes(sustainedPerSecond)) return [];
  const expected =
    broken === -1 ? 'the rate of a step' : `the rate of a step before steps[${broken}], which does not hold`;
  return [{ member: 'study.sustainedPerSecond', received: `${sustainedPerSecond}`, expected }];
}

function atMost(member: string, received: number, most: number, why: string): Contradiction[] {
  return expectWithin(member, received, [Number.NEGATIVE_INFINITY, most], why);
}

function atLeast(member: string, received: number, least: number, why: string): Contradiction[] {
  return expectWithin(member, received, [least, Number.POSITIVE_INFINITY], why);
}
