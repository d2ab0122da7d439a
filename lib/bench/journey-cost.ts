import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { BARE_JOURNEYS, bundleFor, cpuSecondsOf, JOURNEYS, type Side } from './k6-sides.ts';
import type { BenchLine } from './line.ts';
import { describeRatios, measurePairs } from './pairs.ts';
import { median } from './processes.ts';
import { startTarget } from './target.ts';

const USERS = 20;
const JOURNEYS_PER_USER = 1000;
const STEPS = 5;
const PAIRS = 5;
const LIMIT = 1.15;

/** k6's CPU time per request of a journey, as a ratio to that of a bare script that does the same. */
export async function journeyCost(k6: K6Binary, folder: string): Promise<BenchLine> {
  const target = await startTarget(0);
  const title = `a journey of ${STEPS} steps with JSON and a token, against a bare script`;
  const requests = USERS * (JOURNEYS_PER_USER * STEPS + 1);
  const variables = { BASE_URL: target.url, JOURNEYS_PER_USER: String(JOURNEYS_PER_USER) };
  for (const { script } of [JOURNEYS, BARE_JOURNEYS]) await bundleFor(folder, script);
  const cpuPerRequest = async (side: Side): Promise<number> => {
    const seconds = await cpuSecondsOf(k6, folder, side, variables);
    const served = target.takeCount();
    if (served !== requests) throw new Error(`${title}: ${served} of ${requests} requests served`);
    return seconds / served;
  };
  const { ratios, ours } = await measurePairs(
    () => cpuPerRequest(JOURNEYS),
    () => cpuPerRequest(BARE_JOURNEYS),
    PAIRS,
  ).finally(() => target.close());
  return {
    title,
    value: median(ratios),
    unit: '×',
    limit: LIMIT,
    detail: `pairs ${describeRatios(ratios)}; ${(median(ours) * 1e6).toFixed(1)} µs of CPU per request`,
  };
}
