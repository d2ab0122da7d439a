import { describeLimit } from '../../../core/measure/rate-limit.ts';
import { hypothesis, type Problem, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatCount, formatShare } from '../../../core/spec/units.ts';
import { are, counted, named } from '../../../core/spec/words.ts';
import { pathsOf } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, type Rule } from './rule.ts';

/** Declared limits that are not what was met. */
export const rateLimiting: Rule = (evidence) => [
  ...notEnforced(evidence),
  ...tooStrict(evidence),
  ...undeclared(evidence),
  ...withoutRetryAfter(evidence),
];

const notEnforced: Rule = ({ endpoints }) => {
  const affected = endpoints.filter(({ limit }) => limit?.state === 'not enforced');
  if (affected.length === 0) return [];
  const neverLimited = affected.filter(({ limit }) => limit?.limited === 0);
  return [
    {
      id: 'rate-limit-not-enforced',
      title: 'A declared rate limit is not enforced',
      severity: 'high',
      impact: 'high',
      area: 'protection',
      summary: `${named(pathsOf(affected))} ${affected.length === 1 ? 'lets' : 'let'} more through than the declared limit.`,
      description: 'The limit does not protect the service: one client can use up the capacity of the others.',
      endpoints: idsOf(affected),
      evidence: affected.flatMap(({ path, limit }) =>
        limit === undefined
          ? []
          : `${path}: ${formatCount(limit.accepted)} accepted, at most ${formatCount(limit.mostAccepted ?? 0)} fit ${describeLimit(limit.declared)}; ${counted(limit.limited, 'response with 429', 'responses with 429')}`,
      ),
      hypotheses: rankHypotheses([
        hypothesis('No limiter covers these routes.', {
          for: [neverLimited.length > 0 && `not one response with 429 came from ${named(pathsOf(neverLimited))}`],
          against: [neverLimited.length < affected.length && 'some requests were answered 429'],
        }),
        hypothesis('Each worker of the service counts by itself, so the limits add up.', {
          for: [neverLimited.length < affected.length && 'requests were answered 429, but too late'],
        }),
        hypothesis('The limit is declared wrongly in the endpoint definitions.', {
          for: [neverLimited.length < affected.length && 'a limit is enforced, though not this one'],
        }),
      ]),
      recommendations: [
        {
          urgency: 'must',
          text: `Enforce the limit of ${named(pathsOf(affected))}, in one place for all workers, or declare the true one.`,
        },
      ],
    },
  ];
};

const tooStrict: Rule = ({ endpoints }) => {
  const affected = endpoints.filter(({ limit }) => limit?.state === 'too strict');
  if (affected.length === 0) return [];
  return [
    {
      id: 'rate-limit-too-strict',
      title: 'A rate limit is stricter than declared',
      severity: 'medium',
      impact: 'medium',
      area: 'user experience',
      summary: `${named(pathsOf(affected))} ${affected.length === 1 ? 'refuses' : 'refuse'} requests that the declared limit allows.`,
      description: 'Clients that respect the declared limit are rejected.',
      endpoints: idsOf(affected),
      evidence: affected.flatMap(({ path, limit }) =>
        limit === undefined
          ? []
          : `${path}: ${formatCount(limit.accepted)} accepted of at least ${describeLimit(limit.declared)}`,
      ),
      hypotheses: rankHypotheses([
        hypothesis('The limit is lower than declared, or counts the requests of several routes together.', {
          for: ['one user was accepted before the load, so that the limit was not used up'],
        }),
      ]),
      recommendations: [
        {
          urgency: 'should',
          text: `Set the limit of ${named(pathsOf(affected))} to the declared one, or declare the true one.`,
        },
      ],
    },
  ];
};

const undeclared: Rule = ({ endpoints }) => {
  const affected = endpoints.filter(
    ({ rateLimit, outcomes }) => rateLimit === undefined && countOutcomes(outcomes, 'rate_limited') > 0,
  );
  // Another's summary says nothing of limits: that one declares none is no news.
  if (affected.length === 0 || affected.every(({ method }) => method === undefined)) return [];
  return [
    {
      id: 'rate-limit-undeclared',
      title: 'Requests are rate limited where no limit is declared',
      severity: 'high',
      impact: 'medium',
      area: 'user experience',
      summary: `${named(pathsOf(affected))} ${affected.length === 1 ? 'answers' : 'answer'} 429 without a declared limit.`,
      description:
        'Either one client may not send this much, or the declaration of the limit is missing. Without a declared limit, a 429 counts as a failure.',
      endpoints: idsOf(affected),
      evidence: affected.map(
        ({ path, outcomes, requests }) =>
          `${path}: ${counted(countOutcomes(outcomes, 'rate_limited'), 'response with 429', 'responses with 429')} to ${counted(requests, 'request')} (${formatShare(countOutcomes(outcomes, 'rate_limited') / requests, requests)})`,
      ),
      hypotheses: rankHypotheses([
        hypothesis('The service has a limit that its endpoint definitions do not know.', { for: ['it answers 429'] }),
      ]),
      recommendations: [
        {
          urgency: 'should',
          text: `Declare the limit of ${named(pathsOf(affected))} in the endpoint definitions, or lift it for this test.`,
        },
      ],
    },
  ];
};

const withoutRetryAfter: Rule = ({ endpoints }): Problem[] => {
  const affected = endpoints.filter(({ limit }) => (limit?.withoutRetryAfter ?? 0) > 0);
  if (affected.length === 0) return [];
  const missing = sum(affected.map(({ limit }) => limit?.withoutRetryAfter ?? 0));
  const limited = sum(affected.map((endpoint) => endpoint.limit?.limited ?? 0));
  return [
    {
      id: 'retry-after-missing',
      title: '429 responses do not say when to retry',
      severity: 'low',
      impact: 'medium',
      area: 'capacity',
      summary: `${formatCount(missing)} of ${counted(limited, 'response with 429', 'responses with 429')} had no usable Retry-After.`,
      description: 'Without Retry-After, clients retry at the same time and are refused again.',
      endpoints: idsOf(affected),
      evidence: affected.flatMap(({ path, limit }) =>
        limit === undefined
          ? []
          : `${path}: ${formatCount(limit.withoutRetryAfter ?? 0)} of ${formatCount(limit.limited)}`,
      ),
      hypotheses: rankHypotheses([
        hypothesis('The limiter does not set the header.', {
          for: [missing === limited && `it ${are(1)} missing on every one of these responses`],
        }),
      ]),
      recommendations: [
        {
          urgency: 'could',
          text: 'Send Retry-After (RFC 9110 §10.2.3) with every 429: the seconds until a request fits again.',
        },
      ],
    },
  ];
};
