import type { RecordTotals } from '../../measure/record/read-record.ts';
import { type K6Options, k6OptionsOfScript } from '../../spec/k6-options.ts';
import type { LoadModel } from '../../spec/load-shape.ts';
import { present } from '../../spec/present.ts';
import { anywhere, minorOf } from '../workload.ts';

/**
 * The workload of a script of somebody else: the script itself, and how k6 was told to run it. Thresholds, tags and the
 * values of variables are left out, and so are target, release and machine.
 */
export interface ScriptWorkload {
  /** SHA-256 of the script with all that it imports. */
  readonly script: string;
  /** Its minor version. */
  readonly k6: string;
  /** By name, as k6 consolidated them. */
  readonly scenarios: Readonly<Record<string, ScriptScenario>>;
  /** Absent where all is as k6 does it by itself. */
  readonly k6Options?: K6Options;
}

/** One of k6's scenarios without what is as usual: durations as k6 writes them, such as `1m0s`. */
export interface ScriptScenario {
  readonly executor: string;
  readonly [option: string]: unknown;
}

/** @param record noted with the options `scenarios` and WORK_OPTION_NAMES */
export function workloadOfScript(
  { options }: Pick<RecordTotals, 'options'>,
  sha256: string,
  k6Version: string,
): ScriptWorkload {
  const scenarios = Object.entries(objectOf(options.scenarios));
  return {
    script: sha256,
    k6: minorOf(k6Version),
    scenarios: Object.fromEntries(scenarios.map(([name, scenario]) => [name, scenarioOf(objectOf(scenario))])),
    ...present({ k6Options: anywhere(k6OptionsOfScript(options)) }),
  };
}

/** Whether load comes whatever the replies, or users wait for them; undefined where a script has both. */
export function modelOf({ scenarios }: ScriptWorkload): LoadModel | undefined {
  const [first, ...others] = Object.values(scenarios).map(({ executor }) => executor.endsWith('-arrival-rate'));
  if (first === undefined || others.some((isOpen) => isOpen !== first)) return undefined;
  return first ? 'open' : 'closed';
}

/** What k6 takes an option of a scenario for that nobody sets, whatever its executor is. */
const USUAL: Readonly<Record<string, unknown>> = {
  exec: 'default',
  startTime: '0s',
  gracefulStop: '30s',
  gracefulRampDown: '30s',
  maxDuration: '10m0s',
  timeUnit: '1s',
  startRate: 0,
  startVUs: 1,
  vus: 1,
  iterations: 1,
};

function scenarioOf({ executor, ...options }: Readonly<Record<string, unknown>>): ScriptScenario {
  const isUsual = (name: string, value: unknown) =>
    value === null || value === USUAL[name] || (name === 'maxVUs' && value === options.preAllocatedVUs);
  return {
    executor: String(executor),
    ...Object.fromEntries(Object.entries(options).filter(([name, value]) => !isUsual(name, value))),
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
