import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScenario } from '../cli/bundle-scenario.ts';
import { k6Environment, k6RunArguments } from '../cli/k6-process.ts';
import { timelineEnvironment } from '../cli/timeline.ts';
import { present } from '../core/present.ts';
import { encodeRunOrder } from '../core/run-order.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import type { BenchLine } from './line.ts';
import { describeRatios, measurePairs } from './pairs.ts';
import { measureProcess, median } from './processes.ts';
import { startTarget } from './target.ts';

/** One comparison of our scenario with a bare script that sends the same requests. */
export interface CountingCase {
  readonly title: string;
  readonly endpoints: number;
  /** Of ten replies so many are a 503. */
  readonly failures: number;
  /** Absent: the line informs, and cannot fail. */
  readonly limit?: number;
  /** Whether k6 records our run over time. */
  readonly timeline?: boolean;
  /** Whether the bare script gets our settings of Go's garbage collector too. @default false: k6 as one starts it */
  readonly sameCollector?: boolean;
}

const USERS = 20;
/** Some five seconds of load; twice as many where there are many endpoints, so that each gets about as many requests as in a real run. */
const requestsFor = (endpoints: number): number => (endpoints > 100 ? 240_000 : 120_000);
const PAIRS = 5;
/** What a run of this length gets. */
const TIMELINE_PERIOD_SECONDS = 1;

/** k6's CPU time per request under our scenario, as a ratio to that under a bare script: median of interleaved pairs. */
export async function countingCost(
  k6: K6Binary,
  folder: string,
  { title, endpoints, failures, limit, sameCollector, timeline }: CountingCase,
): Promise<BenchLine> {
  const target = await startTarget(failures);
  const requests = requestsFor(endpoints);
  const requestsPerEndpoint = requests / USERS / endpoints;
  const variables = {
    BASE_URL: target.url,
    ENDPOINTS: String(endpoints),
    REQUESTS_PER_ENDPOINT: String(requestsPerEndpoint),
    ...encodeRunOrder({ summaryFile: path.join(folder, 'measured.json'), measuresAtRest: false }),
    // k6 stretches the period of its timeline with the longest time that a run can take, which follows the timeout.
    ...(timeline ? { REQUEST_TIMEOUT: '400ms' } : {}),
  };
  const bundles = { wide: path.join(folder, 'wide.js'), bare: path.join(folder, 'bare.js') };
  for (const [name, bundle] of Object.entries(bundles)) {
    await bundleScenario(fileURLToPath(new URL(`./scenarios/${name}.ts`, import.meta.url)), bundle);
  }
  const record = path.join(folder, 'timeline.ndjson');
  const cpuPerRequest = async (command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
    const { cpuSeconds, exitCode } = await measureProcess([k6.path, ...command], env, folder);
    const served = target.takeCount();
    if (served !== requests || (exitCode !== 0 && exitCode !== 99))
      throw new Error(`${title}: ${served} of ${requests} requests served, exit code ${exitCode}`);
    return cpuSeconds / served;
  };
  const ours = () =>
    cpuPerRequest(
      k6RunArguments(bundles.wide, []),
      k6Environment({ ...variables, ...(timeline ? timelineEnvironment(record, TIMELINE_PERIOD_SECONDS) : {}) }),
    );
  const bare = () =>
    cpuPerRequest(
      ['run', '--no-usage-report', bundles.bare],
      sameCollector === true ? k6Environment(variables) : { ...process.env, ...variables },
    );

  const { ratios, ours: secondsPerRequest } = await measurePairs(ours, bare, PAIRS);
  target.close();
  return {
    title,
    value: median(ratios),
    unit: '×',
    ...present({ limit }),
    detail: `pairs ${describeRatios(ratios)}; ours ${(median(secondsPerRequest) * 1e6).toFixed(1)} µs of CPU per request`,
  };
}
