import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import { outcomeRows } from '../../../core/measure/outcome-rows.ts';
import { hypothesis, type Problem, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatCount } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { causesBehind, causeWords } from '../causes.ts';
import { type EndpointEvidence, isBrokenAtRest, isTurnedAway, pathsOf } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, type Rule } from './rule.ts';

/** Endpoints that do not work with a single user either: no matter of load, so one finding for each kind. */
export const broken: Rule = ({ endpoints }) => {
  const all = endpoints.filter((endpoint) => isBrokenAtRest(endpoint) || isTurnedAway(endpoint));
  return (['route', 'access', 'redirect', 'other'] as const).flatMap((kind) => {
    const affected = all.filter((endpoint) => kindOf(endpoint) === kind);
    return affected.length === 0 ? [] : [problem(kind, affected)];
  });
};

function kindOf(endpoint: EndpointEvidence): Kind {
  if (gave(endpoint, 'not_found')) return 'route';
  if (gave(endpoint, 'client_error')) return 'access';
  return gave(endpoint, 'unexpected_status') ? 'redirect' : 'other';
}

/** Which status it was, their names do not say. */
const TOLD_BY_STATUS = ['client_error', 'unexpected_status', 'server_error'] as const;

function gave(endpoint: EndpointEvidence, outcome: 'not_found' | 'client_error' | 'unexpected_status'): boolean {
  return countOutcomes(telling(endpoint), outcome) > 0;
}

/** What one user met where it was broken then, else the replies under load: a 429 at rest or a timeout tells nothing. */
function telling(endpoint: EndpointEvidence): OutcomeCounts {
  if (isBrokenAtRest(endpoint)) return endpoint.atRest?.outcomes ?? {};
  const { not_found = 0, client_error = 0, unexpected_status = 0 } = endpoint.outcomes;
  return { not_found, client_error, unexpected_status };
}

/** As a word of its own: neither `shipping` nor `delivery` is one. */
const HEALTH_CHECK = /(?<![a-z])(health(z|check)?|readyz?|readiness|live(z|ness)?|alive|ping)(?![a-z])/i;

type Kind = 'route' | 'access' | 'redirect' | 'other';

function problem(kind: Kind, affected: readonly EndpointEvidence[]): Problem {
  const { title, statement, advice } = TEXTS[kind];
  const health = affected.filter(({ path, category }) => HEALTH_CHECK.test(`${path} ${category}`));
  const requests = sum(affected.map((endpoint) => endpoint.requests));
  const atRest = affected.filter(isBrokenAtRest);
  const metWhen = [
    atRest.length > 0 && 'one user met this before the load began',
    atRest.length < affected.length && 'every response that came was of this kind',
  ].filter((text) => typeof text === 'string');
  return {
    id: `broken-${kind}`,
    title,
    severity: 'critical',
    impact: health.length > 0 || affected.length > 1 ? 'high' : 'medium',
    area: health.length === affected.length ? 'monitoring' : 'correctness',
    summary: `${named(pathsOf(affected))} ${affected.length === 1 ? 'fails' : 'fail'} ${atRest.length === affected.length ? 'even without load' : 'whatever the load'}: ${named(causesOf(affected))}.`,
    description: `Load is not the cause: ${metWhen.join(', or ')}.${health.length > 0 ? ' Without its health check, monitoring cannot see the service, and a load balancer may remove it.' : ''}`,
    endpoints: idsOf(affected),
    evidence: affected.map((endpoint) => {
      const { path, outcomes, requests: sent } = endpoint;
      const rest = endpoint.atRest;
      const met =
        rest === undefined
          ? 'no unloaded baseline'
          : `unloaded ${outcomeRows(rest.outcomes)
              .map(({ count, label }) => `${count} × ${label}`)
              .join(', ')}${rest.causes?.length ? ` (${rest.causes.join(', ')})` : ''}`;
      const load = outcomeRows(outcomes).map(({ count, label }) => `${formatCount(count)} ${label}`);
      const why = causesBehind(endpoint, TOLD_BY_STATUS);
      return `${path}: ${met}; under load ${sent === 0 ? 'no request was counted' : load.join(', ')}${why}`;
    }),
    hypotheses: rankHypotheses([
      hypothesis(statement, {
        for: [
          atRest.length > 0 && `it happens with one user: ${named(pathsOf(atRest))}`,
          atRest.length === 0 &&
            `none of ${counted(requests, 'request')} succeeded, and every response was of this kind`,
        ],
      }),
    ]),
    recommendations: [
      { urgency: 'must', text: `${advice}: ${named(pathsOf(affected))}.` },
      ...(health.length > 0
        ? [
            {
              urgency: 'should' as const,
              text: 'Check that monitoring and load balancers ask for the path that exists.',
            },
          ]
        : []),
    ],
  };
}

function causesOf(affected: readonly EndpointEvidence[]): string[] {
  return [
    ...new Set(
      affected.flatMap((endpoint) => {
        const causes = endpoint.atRest?.causes ?? causesOfLoad(endpoint);
        return causes.length > 0
          ? causes
          : outcomeRows(telling(endpoint))
              .slice(0, 1)
              .map(({ label }) => label);
      }),
    ),
  ];
}

/** The status, where every reply under load was turned away. */
function causesOfLoad(endpoint: EndpointEvidence): string[] {
  if (isBrokenAtRest(endpoint)) return [];
  return (endpoint.causes ?? []).filter(({ outcome }) => (telling(endpoint)[outcome] ?? 0) > 0).map(causeWords);
}

const TEXTS: Readonly<Record<Kind, { title: string; statement: string; advice: string }>> = {
  route: {
    title: 'A route is not there',
    statement: 'The route is registered under another path, or not at all.',
    advice: 'Register the route, or correct its path in the endpoint definitions',
  },
  access: {
    title: 'Requests are rejected',
    statement: 'The test has no valid credentials for it, or sends what it does not accept.',
    advice: 'Give the test valid credentials, or correct its request',
  },
  redirect: {
    title: 'An endpoint answers with an unexpected status',
    statement:
      'The endpoint redirects, to a login page or to its path with another ending, or its expected status is declared wrongly.',
    advice: 'Point the endpoint definition at the final path and status',
  },
  other: {
    title: 'An endpoint fails without load',
    statement: 'The service lacks something that this endpoint needs.',
    advice: 'Make it work for one user first, then test it under load',
  },
};
