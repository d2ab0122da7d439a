import type { Budget, Budgets } from '../lib/core/threshold.ts';
import type { EndpointId } from '../lib/endpoints/index.ts';

/** What users of the service may expect of it as a whole. */
const overall: Budget = {
  okP95Ms: 500,
  timeoutRate: 0.01,
  serverErrors: 0,
  refusedOrReset: 0,
  successShare: 0.99,
};

/** What they may expect of each endpoint. */
const everyEndpoint: Budget = {
  okP95Ms: 500,
  successShare: 0.99,
  okReplies: 1,
};

/** What differs for one endpoint. Every endpoint is named, so that a new one does not compile without a decision. */
const endpoints: Record<EndpointId, Budget> = {
  'system-stats': {},
  'system-ports': {},
  'system-processes': {},
  'system-info': {},
  'system-network': {},
  'system-disk': {},
  services: {},
  agents: {},
  'agents-active': {},
  projects: {},
  'auth-validate': {},
  health: {},
};

/** The shared budgets. A scenario that needs others says so with `overrideBudgets`. */
export const budgets: Budgets<EndpointId> = { overall, everyEndpoint, endpoints };
