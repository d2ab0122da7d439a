import { present } from '../core/spec/present.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { BARE, bundleFor, cpuSecondsOf, type Side } from './k6-sides.ts';
import type { BenchLine } from './line.ts';
import { describeRatios, measurePairs } from './pairs.ts';
import { median } from './processes.ts';
import { startTarget } from './target.ts';

/** One comparison with a bare script that sends the same requests, by k6 as one starts it. */
export interface CountingCase {
  readonly title: string;
  readonly side: Side;
  readonly endpoints: number;
  /** Of ten replies so many are a 503. @default 0 */
  readonly failures?: number;
  /** Absent: the line informs, and cannot fail. */
  readonly limit?: number;
  readonly pairs: number;
}

const USERS = 20;
/** Some ten seconds of load; twice as many where there are many endpoints, so that each gets about as many requests as in a real run. */
const requestsFor = (endpoints: number): number => (endpoints > 100 ? 240_000 : 120_000);

/** k6's CPU time per request of one side, as a ratio to that of a bare script: median of interleaved pairs. */
export async function countingCost(
  k6: K6Binary,
  folder: string,
  { title, side, endpoints, failures = 0, limit, pairs }: CountingCase,
): Promise<BenchLine> {
  const target = await startTarget(failures);
  const requests = requestsFor(endpoints);
  const variables = {
    BASE_URL: target.url,
    ENDPOINTS: String(endpoints),
    REQUESTS_PER_ENDPOINT: String(requests / USERS / endpoints),
  };
  for (const { script } of [side, BARE]) await bundleFor(folder, script);
  const cpuPerRequest = async (each: Side): Promise<number> => {
    const seconds = await cpuSecondsOf(k6, folder, each, variables);
    const served = target.takeCount();
    if (served !== requests) throw new Error(`${title}: ${served} of ${requests} requests served`);
    return seconds / served;
  };
  const { ratios, ours } = await measurePairs(
    () => cpuPerRequest(side),
    () => cpuPerRequest(BARE),
    pairs,
  ).finally(() => target.close());
  return {
    title,
    value: median(ratios),
    unit: '×',
    ...present({ limit }),
    detail: `pairs ${describeRatios(ratios)}; ${(median(ours) * 1e6).toFixed(1)} µs of CPU per request`,
  };
}
