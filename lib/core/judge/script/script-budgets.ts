import type { CountedLimit } from '../../measure/record/recorder-config.ts';
import type { Budget } from '../../spec/budget.ts';
import { expectMembers, expectObject } from '../../spec/expect-members.ts';
import { thresholdsOf } from '../budgets.ts';
import { expectBudget } from '../expect-budgets.ts';
import { METRIC_NAMES } from '../metrics.ts';
import { OK_LATENCIES, OK_LATENCY_METRICS } from '../ok-latencies.ts';
import type { Threshold } from '../threshold.ts';

/** A budget of requests that nobody declared: of their rate limits nothing is known. */
export type RowBudget = Omit<Budget, 'acceptedBeyondLimit'>;

/** Budgets of a k6 script beside its own thresholds, by the rows of its report. All of them may be left out. */
export interface RowBudgets {
  /** For all requests together. */
  readonly overall?: RowBudget;
  /** For each row that was met. */
  readonly everyEndpoint?: RowBudget;
  /** What differs for one row, by its name in the report, such as `buy / GET /orders/{id}`. One that is never met is `no_data`. */
  readonly endpoints?: Readonly<Record<string, RowBudget>>;
}

/** Budgets of the k6 scripts of a project. */
export interface ScriptBudgets extends RowBudgets {
  /** What differs for one script, by its path from the folder of package.json. */
  readonly scripts?: Readonly<Record<string, RowBudgets>>;
}

const PARTS = ['overall', 'everyEndpoint', 'endpoints'];
const METRICS_OF_ROWS = METRIC_NAMES.filter((name) => name !== 'acceptedBeyondLimit');

/** That budgets are what their types say. @throws UserError that names the budget and the member */
export function expectScriptBudgets(budgets: unknown): asserts budgets is ScriptBudgets {
  expectMembers('budgets', budgets, [...PARTS, 'scripts']);
  expectRowBudgets(budgets, '');
  const { scripts = {} } = budgets;
  expectObject('"scripts" of budgets', scripts);
  for (const [script, own] of Object.entries(scripts)) {
    expectMembers(`The budgets of the script "${script}"`, own, PARTS);
    expectRowBudgets(own, ` of the script "${script}"`);
  }
}

function expectRowBudgets(
  { overall = {}, everyEndpoint = {}, endpoints = {} }: Readonly<Record<string, unknown>>,
  ofScript: string,
): void {
  expectBudget(`The budget "overall"${ofScript}`, overall, METRICS_OF_ROWS);
  expectBudget(`The budget "everyEndpoint"${ofScript}`, everyEndpoint, METRICS_OF_ROWS);
  expectObject(`"endpoints" of budgets${ofScript}`, endpoints);
  for (const [row, budget] of Object.entries(endpoints))
    expectBudget(`The budget of endpoint "${row}"${ofScript}`, budget, METRICS_OF_ROWS);
}

/** The budgets that hold for one script: what it says itself replaces what all say, limit by limit. */
export function budgetsOf({ scripts = {}, ...all }: ScriptBudgets, script: string | undefined): RowBudgets {
  const { overall, everyEndpoint, endpoints = {} } = scripts[script ?? ''] ?? {};
  const rows = new Set([...Object.keys(all.endpoints ?? {}), ...Object.keys(endpoints)]);
  return {
    overall: { ...all.overall, ...overall },
    everyEndpoint: { ...all.everyEndpoint, ...everyEndpoint },
    endpoints: Object.fromEntries([...rows].map((row) => [row, { ...all.endpoints?.[row], ...endpoints[row] }])),
  };
}

/**
 * The limits that hold for a script: those of all requests, of each row that was met, and of each row that is named.
 * @param met the rows of its report
 */
export function thresholdsOfRows(
  { overall = {}, everyEndpoint = {}, endpoints = {} }: RowBudgets,
  met: readonly string[],
): Threshold[] {
  return thresholdsOf({ overall, everyEndpoint, endpoints }, [...new Set([...met, ...Object.keys(endpoints)])]);
}

/** Latencies of which the recorder counts exactly what is beyond a limit: the time of whatever asks for something. */
const ASKING_TIMES = ['http_req_duration', 'grpc_req_duration', 'ws_connecting', 'browser_http_req_duration'];

/** What the recorder must count, so that no percentile near its limit is decided by a histogram. */
export function limitsOfBudgets({ overall, everyEndpoint, endpoints = {} }: RowBudgets): CountedLimit[] {
  const everywhere = [...new Set([...latencyLimits(overall), ...latencyLimits(everyEndpoint)])];
  const ofRows = Object.entries(endpoints).flatMap(([id, budget]) =>
    latencyLimits(budget).flatMap((limit) => rowsNamed(id).map((row) => ({ tags: { row }, values: [limit] }))),
  );
  const all = [...(everywhere.length === 0 ? [] : [{ tags: {}, values: everywhere }]), ...ofRows];
  return ASKING_TIMES.flatMap((metric) => all.map((limit) => ({ metric, ...limit })));
}

function latencyLimits(budget: RowBudget = {}): number[] {
  const percentiles = OK_LATENCY_METRICS.filter((metric) => OK_LATENCIES[metric].quantile !== undefined);
  return percentiles.flatMap((metric) => {
    const limit = budget[metric];
    return limit === undefined ? [] : [typeof limit === 'number' ? limit : limit.limit];
  });
}

/** Whatever stands before a name may be its groups, or a part of it. */
function rowsNamed(id: string): string[] {
  const parts = id.split(' / ');
  return parts.map((_, i) => parts.slice(i).join(' / '));
}
