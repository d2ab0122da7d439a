import { countRequests, NO_ANSWER, type OutcomeCounts, outcomesOfKind } from '../../../core/measure/outcome.ts';
import {
  type Hypothesis,
  hypothesis,
  type Recommendation,
  rankHypotheses,
} from '../../../core/spec/document/finding.ts';
import { formatDuration, formatShare } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { causeLines } from '../causes.ts';
import { type EndpointEvidence, type Evidence, pathsOf, type RunEvidence } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { type Ending, endingOf } from '../over-time.ts';
import { idsOf, type Rule } from './rule.ts';

/** Connections that the target refused or broke: whatever else it did, it was not stable. */
export const notAccepting: Rule = (evidence) => {
  const { totals, endpoints } = evidence;
  const broken = lookAt(evidence);
  const { refused, reset, http2, endings, silentRuns } = broken;
  if (refused + reset + http2 === 0) return [];
  const affected = endpoints.filter(({ outcomes }) => countOutcomes(outcomes, ...outcomesOfKind('not_accepted')) > 0);
  const share = (refused + reset + http2) / totals.requests;
  const kinds = [
    refused > 0 && `${counted(refused, 'connection')} refused`,
    reset > 0 && `${counted(reset, 'connection')} reset`,
    http2 > 0 && `${counted(http2, 'request')} ended by an HTTP/2 error`,
  ].filter((text) => typeof text === 'string');
  return [
    {
      id: 'not-accepting',
      title: titleOf(broken),
      severity: refused > 0 || share >= 0.01 ? 'critical' : 'high',
      impact: 'high',
      area: 'availability',
      summary: `${formatShare(share)} of all requests got no response because the target refused or ${http2 > 0 ? 'broke' : 'reset'} the connection (${kinds.join(', ')}).`,
      description:
        refused > 0
          ? 'A refused connection means that nothing accepted connections at the target at that time. Clients get no response at all.'
          : 'The target accepted connections and closed them without a whole response.',
      endpoints: idsOf(affected),
      evidence: [
        ...kinds.map((kind) => `${kind}, of ${counted(totals.requests, 'request')}`),
        ...causeLines(affected, outcomesOfKind('not_accepted')),
        ...endings.map(({ run, ending }) => `${run.scenario}: the first came ${whenOf(ending)}, ${goesOn(ending)}`),
        ...silentRuns.map((run) => `${run.scenario}: all ${counted(run.totals.requests, 'request')} were refused`),
      ],
      hypotheses: hypothesesOf(broken),
      recommendations: broken.everAnswered ? RECOMMENDATIONS : NEVER_THERE,
    },
  ];
};

/** Connections that came to nothing, and what was seen around them. */
interface Broken {
  readonly refused: number;
  readonly reset: number;
  /** Streams or connections that were ended with an error of HTTP/2. */
  readonly http2: number;
  readonly endings: readonly { readonly run: RunEvidence; readonly ending: Ending }[];
  readonly silentRuns: readonly RunEvidence[];
  readonly refusedAtRest: readonly EndpointEvidence[];
  readonly answeredAtRest: boolean;
  /** Whether any request was answered at all, before the load or in it: what never was there cannot have died. */
  readonly everAnswered: boolean;
}

function titleOf({ refused, everAnswered }: Broken): string {
  if (refused === 0) return 'The service broke connections';
  return everAnswered ? 'The service stopped accepting connections' : 'The service accepted no connection';
}

function lookAt({ totals, endpoints, runs }: Evidence): Broken {
  const atRest = (endpoint: EndpointEvidence) => endpoint.atRest?.outcomes ?? {};
  const answered = (outcomes: OutcomeCounts) => countRequests(outcomes) > countOutcomes(outcomes, ...NO_ANSWER);
  return {
    refused: countOutcomes(totals.outcomes, 'refused'),
    reset: countOutcomes(totals.outcomes, 'reset'),
    http2: countOutcomes(totals.outcomes, 'http2_error'),
    endings: runs.flatMap((run) => {
      const ending = endingOf(run);
      return ending === undefined ? [] : [{ run, ending }];
    }),
    silentRuns: runs.filter(
      ({ totals: own }) => own.requests > 0 && countOutcomes(own.outcomes, 'refused') === own.requests,
    ),
    refusedAtRest: endpoints.filter((endpoint) => countOutcomes(atRest(endpoint), 'refused') > 0),
    answeredAtRest: endpoints.some((endpoint) => countOutcomes(atRest(endpoint), 'ok', 'rate_limited') > 0),
    everAnswered: answered(totals.outcomes) || endpoints.some((endpoint) => answered(atRest(endpoint))),
  };
}

function hypothesesOf(broken: Broken): Hypothesis[] {
  const { refused, reset, endings, silentRuns, refusedAtRest, answeredAtRest, everAnswered } = broken;
  const gone = endings.filter(({ ending }) => ending.answersAgain === false);
  const back = endings.filter(({ ending }) => ending.answersAgain === true);
  return rankHypotheses([
    hypothesis('The server process ended during the load and was not restarted.', {
      for: [
        everAnswered &&
          gone.length > 0 &&
          `no response came after that in ${named(gone.map(({ run }) => run.scenario))}`,
        everAnswered &&
          silentRuns.length > 0 &&
          `nothing accepted connections during all of ${named(silentRuns.map(({ scenario }) => scenario))}`,
        refused > 0 && back.length === 0 && answeredAtRest && 'it answered a single user before the load',
        reset > 0 && refused > 0 && back.length === 0 && 'connections that were open broke as well',
      ],
      against: [
        back.length > 0 && `responses came again in ${named(back.map(({ run }) => run.scenario))}`,
        refused === 0 && 'no connection was refused',
      ],
    }),
    hypothesis('The server, or a proxy in front of it, was restarted during the load.', {
      for: [back.length > 0 && `responses came again in ${named(back.map(({ run }) => run.scenario))}`],
      against: [gone.length > 0 && `no response came after that in ${named(gone.map(({ run }) => run.scenario))}`],
    }),
    hypothesis('A limit on connections or workers makes the server, or a proxy in front of it, close connections.', {
      for: [
        reset > 0 && refused === 0 && 'connections were reset, none refused',
        reset > 0 && back.length > 0 && 'other requests were answered at the same time',
      ],
      against: [gone.length > 0 && 'at the end no request was answered'],
    }),
    hypothesis('Nothing listens at this address and port.', {
      for: [
        refusedAtRest.length > 0 && `refused even without load: ${named(pathsOf(refusedAtRest))}`,
        !everAnswered && refused > 0 && 'no request was ever answered',
      ],
      against: [answeredAtRest && 'it answered a single user before the load'],
    }),
  ]);
}

const RECOMMENDATIONS: readonly Recommendation[] = [
  {
    urgency: 'must',
    text: 'Read the log of the server process for the time of the first refusal: an exit, an exception, or the kernel killing it for memory.',
  },
  {
    urgency: 'must',
    text: 'Make the process survive this load, and let something start it again when it does not.',
  },
  {
    urgency: 'should',
    text: 'Watch the number of restarts and of open connections in production, and alert on both.',
  },
];

const NEVER_THERE: readonly Recommendation[] = [
  {
    urgency: 'must',
    text: 'See whether the service runs, and listens at this address and port, before any load is sent to it.',
  },
];

function whenOf({ afterSeconds, firstAtSeconds }: Ending): string {
  return afterSeconds === 0
    ? `within the first ${formatDuration(firstAtSeconds)} of the load`
    : `between ${formatDuration(afterSeconds)} and ${formatDuration(firstAtSeconds)} into the load`;
}

function goesOn({ answersAgain, lastAnswerAtSeconds }: Ending): string {
  if (answersAgain === undefined) return 'in the last period: what came after it is not known';
  if (answersAgain) return 'and responses came again after it';
  return lastAnswerAtSeconds === undefined
    ? 'and no response ever came'
    : `and no response came after ${formatDuration(lastAnswerAtSeconds)}`;
}
