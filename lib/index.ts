// The door "k6-verdict": what a project writes besides its scenarios. Nothing here needs k6 or Node.

export { type Budgets, overrideBudgets } from './core/judge/budgets.ts';
export type { RowBudget, RowBudgets, ScriptBudgets } from './core/judge/script/script-budgets.ts';
export type { StudyBudget } from './core/questions/table.ts';
export type { Budget, CustomBudget, JourneyBudget } from './core/spec/budget.ts';
export {
  type CheckedReply,
  defineEndpoint,
  defineEndpoints,
  type Endpoint,
  type EndpointDefinition,
  type HttpMethod,
  type RateLimit,
} from './core/spec/endpoint.ts';
export { UserError } from './core/spec/errors.ts';
export { type GraphqlOperation, graphqlOperation } from './core/spec/graphql.ts';
export type { Level, Limit } from './core/spec/limit.ts';
export type { Waiver } from './core/spec/waiver.ts';
