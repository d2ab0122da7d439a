import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScenario } from '../cli/bundle-scenario.ts';
import { k6Environment, k6RunArguments } from '../cli/k6-process.ts';
import { encodeRunOrder } from '../core/run-order.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import type { BenchLine } from './line.ts';
import { describeRatios, measurePairs } from './pairs.ts';
import { measureProcess, median } from './processes.ts';
import { startTarget } from './target.ts';

const PAIRS = 7;
const USERS = 100;
const REQUESTS = 2500;

/** The reference burst as a whole k6 process, start and end included, against a bare script of the same work. */
export async function burstCost(k6: K6Binary, folder: string): Promise<BenchLine> {
  const target = await startTarget(0);
  const source = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const bundles = { burst: path.join(folder, 'burst.js'), bare: path.join(folder, 'bare-burst.js') };
  await bundleScenario(source('../../scenarios/rapid-fire.ts'), bundles.burst);
  await bundleScenario(source('./scenarios/bare.ts'), bundles.bare);
  const variables = {
    BASE_URL: target.url,
    PLAN: 'reference',
    USERS: String(USERS),
    ENDPOINTS: '5',
    REQUESTS_PER_ENDPOINT: String(REQUESTS / USERS / 5),
    ...encodeRunOrder({ summaryFile: path.join(folder, 'burst.json'), measuresAtRest: false }),
  };
  const cpu = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
    const { cpuSeconds } = await measureProcess([k6.path, ...args], env, folder);
    const served = target.takeCount();
    if (served !== REQUESTS) throw new Error(`The burst sent ${served} of ${REQUESTS} requests`);
    return cpuSeconds;
  };
  const ours = () => cpu(k6RunArguments(bundles.burst, []), k6Environment(variables));
  const bare = () => cpu(['run', '--no-usage-report', bundles.bare], { ...process.env, ...variables });
  const { ratios, ours: seconds } = await measurePairs(ours, bare, PAIRS);
  target.close();
  return {
    title: 'CPU of the reference burst (2,500 requests) as a whole k6 process, against a bare script',
    value: median(ratios),
    unit: '×',
    detail: `pairs ${describeRatios(ratios)}; ours ${median(seconds).toFixed(2)} s of CPU`,
  };
}
