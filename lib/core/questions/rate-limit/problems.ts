import { hypothesis, type Problem, rankHypotheses } from '../../spec/document/finding.ts';
import { formatCount, formatDuration } from '../../spec/units.ts';
import { counted, named } from '../../spec/words.ts';
import { problem } from '../found-problem.ts';
import type { RateLimitStudy } from './answer.ts';
import { describeMet } from './limit-text.ts';

/** Findings of an answer. */
export function problems(study: RateLimitStudy): Problem[] {
  return [
    ...waysAround(study),
    ...moreThanDeclared(study),
    ...stricterThanDeclared(study),
    ...sharedByClients(study),
    ...wrongRetryAfter(study),
  ];
}

const about = ({ endpoint }: RateLimitStudy) => ({ endpoints: [endpoint], area: 'protection' }) as const;

function waysAround(study: RateLimitStudy): Problem[] {
  const open = study.bypasses.filter(({ state }) => state === 'open');
  if (open.length === 0) return [];
  return [
    problem({
      ...about(study),
      id: 'rate-limit-bypass',
      title: 'The rate limit can be bypassed',
      severity: 'high',
      impact: 'high',
      summary: `The limit of ${study.path} can be bypassed by ${named(open.map(({ way }) => way))}.`,
      description: 'Each was tried while the ordinary request was refused, just before and just after.',
      evidence: open.map(
        ({ way, attempts, letThrough }) => `${way}: ${letThrough} of ${counted(attempts, 'attempt')} accepted`,
      ),
      todo: {
        urgency: 'must',
        text: 'Limit by what a client cannot choose (its address, its account), before routes are told apart, and trust forwarding headers from your own proxies alone.',
      },
    }),
  ];
}

function moreThanDeclared(study: RateLimitStudy): Problem[] {
  const { path, declared, mostInWindow, beyondLimit, met } = study;
  if (beyondLimit <= 0) return [];
  return [
    problem({
      ...about(study),
      id: 'rate-limit-exceeded',
      title: 'More requests are accepted than the declared limit',
      severity: 'high',
      impact: 'high',
      summary: `${path} accepted ${counted(mostInWindow, 'request')} within ${formatDuration(declared.windowSeconds)}; ${formatCount(declared.requests)} are declared.`,
      description: 'The times of their responses show that all of them fall within one window.',
      evidence: [`enforced: ${met === undefined ? 'no limit that fits a window or a bucket' : describeMet(met)}`],
      hypotheses: rankHypotheses([
        hypothesis('A fixed window is enforced where a sliding one is declared: two windows meet at their border.', {
          for: [
            met?.algorithm === 'fixed-window' &&
              declared.algorithm === 'sliding-window' &&
              'a fixed window explains the responses',
          ],
        }),
      ]),
      todo: { urgency: 'must', text: 'Enforce the declared limit, or declare the one that is enforced.' },
    }),
  ];
}

function stricterThanDeclared(study: RateLimitStudy): Problem[] {
  const { path, declared, met } = study;
  if (met === undefined || met.requests >= declared.requests) return [];
  return [
    problem({
      ...about(study),
      id: 'rate-limit-stricter',
      title: 'The limit is stricter than declared',
      severity: 'medium',
      impact: 'medium',
      summary: `${path} lets ${counted(met.requests, 'request')} through in ${formatDuration(met.windowSeconds)}; ${formatCount(declared.requests)} are declared.`,
      description: 'Clients that respect the declared limit are rejected.',
      todo: { urgency: 'should', text: 'Set the limit to the declared one, or declare the true one.' },
    }),
  ];
}

function sharedByClients(study: RateLimitStudy): Problem[] {
  const { path, isolation } = study;
  if (isolation === undefined || isolation.refused === 0) return [];
  return [
    problem({
      ...about(study),
      id: 'clients-not-isolated',
      title: 'One client uses up the limit of another',
      severity: 'high',
      impact: 'high',
      summary: `While one client of ${path} was limited, ${isolation.refused} of ${counted(isolation.requests, 'request')} of another were refused.`,
      description: 'One client can block all others.',
      todo: { urgency: 'must', text: 'Count each client by itself.' },
    }),
  ];
}

function wrongRetryAfter(study: RateLimitStudy): Problem[] {
  const { right, early, late, missing } = study.retryAfter;
  if (early + late + missing === 0) return [];
  return [
    problem({
      ...about(study),
      id: 'retry-after-wrong',
      title: 'Retry-After is wrong',
      severity: 'medium',
      impact: 'medium',
      summary: `Of the 429 responses of ${study.path}, Retry-After was right in ${formatCount(right)}, too early in ${formatCount(early)}, too late in ${formatCount(late)}, and missing in ${formatCount(missing)}.`,
      description: 'A client that obeys it is refused again, or waits too long.',
      todo: { urgency: 'should', text: 'Send the seconds until a request fits again (RFC 9110 §10.2.3).' },
    }),
  ];
}
