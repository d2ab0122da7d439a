import type { Budget, Budgets, JourneyBudget, StudyBudget } from 'k6-verdict';
import type { EndpointId, SocketId } from '../lib/reference/endpoints/index.ts';
import type { ShopId } from '../lib/reference/endpoints/shop.ts';

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
const endpoints: Record<EndpointId | SocketId | ShopId, Budget> = {
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
  'echo-socket': {},
  login: {},
  'create-order': {},
  'get-order': {},
  'list-orders': {},
  'delete-order': {},
  'start-session': {},
  me: {},
};

/** What they may expect of each journey, such as a purchase. */
const everyJourney: JourneyBudget = { completedShare: 0.99 };

/** What the answers of the scenarios must be that ask for limits, recovery, leaks and sockets. */
const studies: StudyBudget = {
  sustainedPerSecond: 100,
  recoverySeconds: 30,
  brokenAfterOverload: 0,
  p95DriftPerHour: 0.05,
  failureDriftPerHour: 0.01,
  memoryDriftPerHour: 0.05,
  connectionDriftPerHour: 0.05,
  freeUsers: 10,
  excessAnswerMs: 1000,
  acceptedInWindowBeyondLimit: 0,
  openBypasses: 0,
  starvedRequests: 0,
  wrongRetryAfterShare: 0.05,
  heldSocketsShare: 0.99,
  droppedSockets: 0,
  roundTripP95Ms: 500,
};

/** The shared budgets. A scenario that needs others says so with `overrideBudgets`. */
export const budgets: Budgets<EndpointId | SocketId | ShopId> = {
  overall,
  everyEndpoint,
  endpoints,
  everyJourney,
  studies,
};
