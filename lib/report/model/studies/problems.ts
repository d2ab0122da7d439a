import type { BreakpointStudy } from '../../../core/questions/breakpoint.ts';
import type { PoolStudy } from '../../../core/questions/pool.ts';
import type { RateLimitStudy } from '../../../core/questions/rate-limit.ts';
import type { RecoveryStudy } from '../../../core/questions/recovery.ts';
import type { SoakStudy } from '../../../core/questions/soak.ts';
import type { SocketStudy } from '../../../core/questions/websocket.ts';
import { hypothesis, type Problem, type Recommendation, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { formatCount, formatDuration, formatMs } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import type { RunEvidence } from '../evidence.ts';
import { describeMet, figureName, formatDrift, formatRate, studyHeadline } from './headlines.ts';

/** What the studies of these runs found that should not be. */
export function studyProblems(runs: readonly RunEvidence[]): Problem[] {
  return runs.flatMap(problemsOf);
}

function problemsOf({ study, thresholds }: RunEvidence): Problem[] {
  if (study === undefined || study.invalid !== undefined) return [];
  const fails = (metric: string) => thresholds.some((each) => each.metric === metric && each.verdict === 'fail');
  switch (study.kind) {
    case 'breakpoint':
      return breakpoint(study, fails('sustainedPerSecond'));
    case 'recovery':
      return recovery(study, fails('recoverySeconds'));
    case 'soak':
      return soak(study);
    case 'pool':
      return pool(study, fails('excessAnswerMs'));
    case 'rate-limit':
      return rateLimit(study);
    case 'websocket':
      return websocket(study, fails('heldSocketsShare'));
    case 'sequential':
      return [];
  }
}

type Essentials = Pick<Problem, 'id' | 'title' | 'severity' | 'impact' | 'area' | 'summary' | 'description'> &
  Partial<Pick<Problem, 'endpoints' | 'evidence' | 'hypotheses'>> & { readonly todo: Recommendation };

function problem({ todo, ...essentials }: Essentials): Problem {
  return { endpoints: [], evidence: [], hypotheses: [], ...essentials, recommendations: [todo] };
}

function breakpoint(study: BreakpointStudy, isTooLow: boolean): Problem[] {
  const { broke, sustainedPerSecond, steps } = study;
  if (broke === undefined) return [];
  const brokenStep = steps.find(({ level }) => level === broke.atPerSecond);
  return [
    problem({
      id: 'breakpoint',
      title: isTooLow ? 'It breaks below the rate that it must sustain' : 'The rate at which it breaks is known',
      severity: isTooLow ? 'high' : 'low',
      impact: isTooLow ? 'high' : 'low',
      area: 'capacity',
      summary: studyHeadline(study),
      description: 'Beyond this rate users wait in a queue that grows as long as the load lasts, or are turned away.',
      evidence: [
        `the highest rate within the limits: ${sustainedPerSecond === undefined ? 'none' : formatRate(sustainedPerSecond)}`,
        ...(brokenStep?.okMs === undefined
          ? []
          : [`at ${formatRate(broke.atPerSecond)} the p95 of ok replies was ${formatMs(brokenStep.okMs.p95)}`]),
      ],
      hypotheses: rankHypotheses([
        hypothesis('Something works off one request after another, at a fixed rate.', {
          for: [
            broke.by.includes('throughput') &&
              study.mostOkPerSecond !== undefined &&
              `however many were sent, at most ${formatRate(study.mostOkPerSecond)} were served`,
          ],
        }),
        hypothesis('It turns away what it cannot take.', {
          for: [
            broke.by.includes('errors') &&
              !broke.by.includes('latency') &&
              'requests failed while the others stayed fast',
          ],
        }),
      ]),
      todo: isTooLow
        ? {
            urgency: 'must',
            text: 'Find what the service waits for at this rate (CPU, a lock, a pool, its database), or add instances.',
          }
        : { urgency: 'could', text: 'Alert well below this rate, and test again when traffic comes near to it.' },
    }),
  ];
}

function recovery(study: RecoveryStudy, isTooSlow: boolean): Problem[] {
  const { recoveredAfterSeconds, endpoints } = study;
  if (recoveredAfterSeconds !== undefined && !isTooSlow) return [];
  const broken = endpoints.filter(({ isBroken }) => isBroken).map(({ endpoint }) => endpoint);
  return [
    problem({
      id: recoveredAfterSeconds === undefined ? 'no-recovery' : 'slow-recovery',
      title:
        recoveredAfterSeconds === undefined
          ? 'It does not come back after overload'
          : 'It comes back too slowly after overload',
      severity: recoveredAfterSeconds === undefined ? 'critical' : 'high',
      impact: 'high',
      area: 'availability',
      summary: studyHeadline(study),
      description: 'An overload that is over goes on for its users.',
      endpoints: broken,
      evidence: [
        `${formatCount(study.probes.badAfter)} bad probes after the overload, of ${counted(study.probes.answered, 'probe')} in all`,
      ],
      hypotheses: rankHypotheses([
        hypothesis('Requests whose clients have long gone are still worked off.', {
          for: [study.probes.badAfter > 0 && 'probes stayed slow or failed although nothing more was sent'],
        }),
        hypothesis('Something broke for good: a pool, a worker, the process.', {
          for: [broken.length > 0 && `${named(broken)} did not come back at all`],
        }),
      ]),
      todo: {
        urgency: 'must',
        text: 'Bound the queue and drop what its client gave up on, so that the work of an overload ends with it.',
      },
    }),
  ];
}

function soak({ drifts, seconds }: SoakStudy): Problem[] {
  return drifts
    .filter(({ isClaimed, perHour }) => isClaimed && perHour > 0)
    .map((drift) =>
      problem({
        id: `drift-${drift.figure}`,
        title: drift.figure === 'memory' ? 'Memory leaks' : `Drift of ${figureName(drift.figure)}`,
        severity: 'high',
        impact: 'high',
        area: drift.figure === 'p95' ? 'user experience' : 'availability',
        summary: `${figureName(drift.figure)} rises by ${formatDrift(drift, drift.perHour)} per hour, from ${formatDrift(drift, drift.level)}.`,
        description: 'At a load that stayed the same. What rises without an end ends in an outage.',
        evidence: [
          `between ${formatDrift(drift, drift.intervalPerHour[0])} and ${formatDrift(drift, drift.intervalPerHour[1])} per hour (99 %), from ${drift.points} stretches of ${formatDuration(Math.round(seconds))}`,
        ],
        todo: {
          urgency: 'must',
          text:
            drift.figure === 'memory'
              ? 'Compare two heap snapshots, an hour apart under this load, and see what is kept.'
              : `Find what grows with every request: ${figureName(drift.figure)} follows it.`,
        },
      }),
    );
}

function pool(study: PoolStudy, isTooSlow: boolean): Problem[] {
  const { excess, excessMs } = study;
  if (excess === undefined || (excess === 'refused' && !isTooSlow) || (excess === 'wait' && !isTooSlow)) return [];
  return [
    problem({
      id: 'pool-exhausted',
      title: excess === 'hang' ? 'An exhausted pool leaves its users hanging' : 'An exhausted pool does not fail fast',
      severity: excess === 'hang' ? 'high' : 'medium',
      impact: 'high',
      area: 'availability',
      summary: studyHeadline(study),
      description:
        'Who waits holds a connection, a thread and a user; who is told at once can try again, or elsewhere.',
      evidence: excessMs === undefined ? [] : [`what was too much waited ${formatMs(excessMs)} for its answer`],
      todo: {
        urgency: isTooSlow ? 'must' : 'should',
        text: 'Give the wait for a connection a short timeout, and answer 503 with Retry-After when it is over.',
      },
    }),
  ];
}

function rateLimit(study: RateLimitStudy): Problem[] {
  const { path, endpoint, declared, mostInWindow, beyondLimit, met, bypasses, isolation, retryAfter } = study;
  const about = { endpoints: [endpoint], area: 'protection' } as const;
  const open = bypasses.filter(({ state }) => state === 'open');
  const wrong = retryAfter.early + retryAfter.late + retryAfter.missing;
  return [
    ...(open.length > 0
      ? [
          problem({
            ...about,
            id: 'rate-limit-bypass',
            title: 'The rate limit can be got around',
            severity: 'high',
            impact: 'high',
            summary: `The limit of ${path} can be got around by ${named(open.map(({ way }) => way))}.`,
            description: 'Tried while the ordinary request was refused, right before and right after.',
            evidence: open.map(
              ({ way, attempts, letThrough }) => `${way}: ${letThrough} of ${counted(attempts, 'attempt')} let through`,
            ),
            todo: {
              urgency: 'must',
              text: 'Limit by what a client cannot choose (its address, its account), before routes are told apart, and trust forwarding headers from your own proxies alone.',
            },
          }),
        ]
      : []),
    ...(beyondLimit > 0
      ? [
          problem({
            ...about,
            id: 'rate-limit-exceeded',
            title: 'More is let through than the declared limit',
            severity: 'high',
            impact: 'high',
            summary: `${path} accepted ${formatCount(mostInWindow)} requests within ${formatDuration(declared.windowSeconds)}; ${formatCount(declared.requests)} are declared.`,
            description: 'By the times of accepted replies: these surely fit one window.',
            evidence: [`met: ${met === undefined ? 'no limit that a window or a bucket explains' : describeMet(met)}`],
            hypotheses: rankHypotheses([
              hypothesis(
                'A fixed window is enforced where a sliding one is declared: two windows meet at their border.',
                {
                  for: [
                    met?.algorithm === 'fixed-window' &&
                      declared.algorithm === 'sliding-window' &&
                      'a fixed window explains the replies',
                  ],
                },
              ),
            ]),
            todo: { urgency: 'must', text: 'Enforce the declared limit, or declare the one that is enforced.' },
          }),
        ]
      : []),
    ...(met !== undefined && met.requests < declared.requests
      ? [
          problem({
            ...about,
            id: 'rate-limit-stricter',
            title: 'The limit is stricter than declared',
            severity: 'medium',
            impact: 'medium',
            summary: `${path} lets ${formatCount(met.requests)} requests through in ${formatDuration(met.windowSeconds)}; ${formatCount(declared.requests)} are declared.`,
            description: 'Clients that keep to the declared limit are turned away.',
            todo: { urgency: 'should', text: 'Set the limit to the declared one, or declare the true one.' },
          }),
        ]
      : []),
    ...((isolation?.refused ?? 0) > 0
      ? [
          problem({
            ...about,
            id: 'clients-not-isolated',
            title: 'One client uses up the limit of another',
            severity: 'high',
            impact: 'high',
            summary: `While one client of ${path} was limited, ${isolation?.refused} of ${counted(isolation?.requests ?? 0, 'request')} of another were refused.`,
            description: 'A single client can shut all others out.',
            todo: { urgency: 'must', text: 'Count each client by itself.' },
          }),
        ]
      : []),
    ...(wrong > 0
      ? [
          problem({
            ...about,
            id: 'retry-after-wrong',
            title: 'Retry-After is wrong',
            severity: 'medium',
            impact: 'medium',
            summary: `Of the 429 replies of ${path}, Retry-After was right in ${formatCount(retryAfter.right)}, too early in ${formatCount(retryAfter.early)}, too late in ${formatCount(retryAfter.late)}, and missing in ${formatCount(retryAfter.missing)}.`,
            description: 'A client that keeps to it is refused again, or waits longer than it must.',
            todo: { urgency: 'should', text: 'Send the seconds until a request fits again (RFC 9110 §10.2.3).' },
          }),
        ]
      : []),
  ];
}

function websocket(study: SocketStudy, isTooFew: boolean): Problem[] {
  const { refused, dropped, dropCodes } = study;
  return [
    ...(refused > 0
      ? [
          problem({
            id: 'sockets-refused',
            title: isTooFew ? 'It holds fewer sockets than it must' : 'The cap on sockets is known',
            severity: isTooFew ? 'high' : 'low',
            impact: isTooFew ? 'high' : 'low',
            area: 'capacity',
            summary: studyHeadline(study),
            description: 'Whoever comes when the cap is reached gets no socket.',
            evidence: Object.entries(study.refusals).map(([how, count]) => `${how}: ${formatCount(count)}`),
            todo: {
              urgency: isTooFew ? 'must' : 'could',
              text: 'Raise the cap, or spread sockets over more instances.',
            },
          }),
        ]
      : []),
    ...(dropped > 0
      ? [
          problem({
            id: 'sockets-dropped',
            title: 'Sockets are lost while they are open',
            severity: 'high',
            impact: 'high',
            area: 'availability',
            summary: `${counted(dropped, 'socket')} ${dropped === 1 ? 'was' : 'were'} lost while open.`,
            description: 'Their users have to connect again, and may do so all at once.',
            evidence: Object.entries(dropCodes).map(([code, count]) => `close code ${code}: ${formatCount(count)}`),
            todo: {
              urgency: 'must',
              text: 'Find who closes them: the service, a proxy with an idle timeout, or a restart.',
            },
          }),
        ]
      : []),
  ];
}
