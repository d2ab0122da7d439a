import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { BARE, bundleFor, cpuSecondsOf, type Side } from './k6-sides.ts';
import type { BenchLine } from './line.ts';
import { describeRatios, measurePairs } from './pairs.ts';
import { median } from './processes.ts';
import { startTarget } from './target.ts';

const PAIRS = 7;
const USERS = 100;
const REQUESTS = 2500;
const BURST: Side = { script: 'burst', figures: 'recorder' };

/** The reference burst as a whole k6 process, start and end included, against a bare script of the same work. */
export async function burstCost(k6: K6Binary, folder: string): Promise<BenchLine> {
  const target = await startTarget(0);
  for (const { script } of [BURST, BARE]) await bundleFor(folder, script);
  const variables = {
    BASE_URL: target.url,
    PLAN: 'reference',
    USERS: String(USERS),
    ENDPOINTS: '5',
    REQUESTS_PER_ENDPOINT: String(REQUESTS / USERS / 5),
  };
  const cpu = async (side: Side): Promise<number> => {
    const cpuSeconds = await cpuSecondsOf(k6, folder, side, variables);
    const served = target.takeCount();
    if (served !== REQUESTS) throw new Error(`The burst sent ${served} of ${REQUESTS} requests`);
    return cpuSeconds;
  };
  const { ratios, ours: seconds } = await measurePairs(
    () => cpu(BURST),
    () => cpu(BARE),
    PAIRS,
  ).finally(() => target.close());
  return {
    title: 'CPU of the reference burst (2,500 requests) as a whole k6 process, against a bare script',
    value: median(ratios),
    unit: '×',
    detail: `pairs ${describeRatios(ratios)}; ours ${median(seconds).toFixed(2)} s of CPU`,
  };
}
