// The door "k6-verdict": what a project writes besides its scenarios. Nothing here needs k6 or Node.
export {
  type CheckedReply,
  defineEndpoint,
  defineEndpoints,
  type Endpoint,
  type EndpointDefinition,
  type HttpMethod,
  type RateLimit,
} from './core/endpoint.ts';
export { UserError } from './core/errors.ts';
export type { Level, Limit } from './core/limit.ts';
export type { StudyBudget } from './core/studies/study-budget.ts';
export { type Budget, type Budgets, overrideBudgets } from './core/threshold.ts';
export type { Waiver } from './core/waiver.ts';
