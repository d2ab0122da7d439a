import type { SummarySource } from '../../core/judge/run-summary.ts';
import type { EndpointFacts } from '../../core/measure/measured.ts';
import { describeLimit } from '../../core/measure/rate-limit.ts';
import { isDeclared } from '../../core/spec/not-declared.ts';
import { present } from '../../core/spec/present.ts';
import { type Evidence, loadModelOf } from './evidence.ts';

/** How it was tested: what was sent, and how long an answer was waited for. */
export interface Methodology {
  readonly categories: readonly {
    readonly category: string;
    readonly endpoints: readonly (Pick<EndpointFacts, 'id' | 'path'> & {
      readonly method?: EndpointFacts['method'];
      readonly server?: string;
      readonly rateLimit?: string;
    })[];
  }[];
  /** The different timeouts of requests, in milliseconds. */
  readonly timeoutsMs: readonly number[];
  /** Whose figures these are, as far as that decides what a threshold is judged on. */
  readonly judgedBy: readonly ('k6-verdict' | 'k6')[];
  readonly models: readonly ('open' | 'closed' | 'mixed')[];
  /** How many requests each endpoint got at rest, at most. */
  readonly requestsAtRest: number;
}

/** k6 judges what a threshold names, where we judge ok replies. */
function isJudgedByK6(source: SummarySource): boolean {
  return source !== 'k6-verdict' && source !== 'hand-made';
}

export function methodologyOf({ endpoints: rows, runs }: Evidence): Methodology {
  const endpoints = rows.filter(isDeclared);
  const categories = [...new Set(endpoints.map(({ category }) => category))];
  return {
    categories: categories.map((category) => ({
      category,
      endpoints: endpoints
        .filter((endpoint) => endpoint.category === category)
        .map(({ id, path, method, server, rateLimit }) => ({
          id,
          path,
          ...present({ method, server, rateLimit: rateLimit && describeLimit(rateLimit) }),
        })),
    })),
    timeoutsMs: [...new Set(endpoints.flatMap(({ timeoutMs }) => timeoutMs ?? []))].sort((a, b) => a - b),
    judgedBy: [...new Set(runs.map(({ source }) => (isJudgedByK6(source) ? 'k6' : 'k6-verdict')))],
    models: [...new Set(runs.flatMap((run) => loadModelOf(run) ?? []))],
    requestsAtRest: Math.max(0, ...runs.flatMap(({ atRest }) => atRest.map(({ requests }) => requests))),
  };
}
