import { type Problem, SEVERITIES } from '../../../core/spec/document/finding.ts';
import type { Evidence } from '../evidence.ts';
import { broken } from './broken.ts';
import { drift } from './drift.ts';
import { failedChecks } from './failed-checks.ts';
import { failedPageRequests } from './failed-page-requests.ts';
import { fewSamples } from './few-samples.ts';
import { generatorMemory } from './generator-memory.ts';
import { impossibleFigures } from './impossible-figures.ts';
import { judgedOnAll } from './judged-on-all.ts';
import { lowSuccess } from './low-success.ts';
import { causeNotRecorded } from './no-answer.ts';
import { notAccepting } from './not-accepting.ts';
import { notOkAtRest } from './not-ok-at-rest.ts';
import { notSent } from './not-sent.ts';
import { rateLimiting } from './rate-limiting.ts';
import type { Rule } from './rule.ts';
import { serverErrors } from './server-errors.ts';
import { slow } from './slow.ts';
import { stoppedJourneys } from './stopped-journeys.ts';
import { tail } from './tail.ts';
import { throughputLimit } from './throughput-limit.ts';
import { timeouts } from './timeouts.ts';
import { unreachable } from './unreachable.ts';
import { validity } from './validity.ts';
import { wrongReplies } from './wrong-replies.ts';

/** Findings of the same severity stand in this order: what ended the service comes before what is broken anyway. */
const RULES: readonly Rule[] = [
  notAccepting,
  broken,
  unreachable,
  notSent,
  causeNotRecorded,
  timeouts,
  serverErrors,
  drift,
  throughputLimit,
  slow,
  judgedOnAll,
  stoppedJourneys,
  failedChecks,
  failedPageRequests,
  wrongReplies,
  rateLimiting,
  lowSuccess,
  tail,
  validity,
  generatorMemory,
  impossibleFigures,
  notOkAtRest,
  fewSamples,
];

/** Every problem that the evidence shows, the most severe first. */
export function findProblems(evidence: Evidence): Problem[] {
  return bySeverity(RULES.flatMap((rule) => rule(evidence)));
}

/** The most severe first, otherwise in their order. */
export function bySeverity(found: readonly Problem[]): Problem[] {
  return SEVERITIES.flatMap((severity) => found.filter((problem) => problem.severity === severity));
}
