/**
 * What the tool tells the script inside k6, beside the settings. It is plain data: it can be stored, shown, and handed
 * to a k6 on another machine. Its variables are no settings, since nobody sets them by hand.
 */
export interface RunOrder {
  readonly runId: string;
  /** Whether k6 only loads the script, and looks whether it makes the metrics that have limits. */
  readonly isInspected: boolean;
  /** Whether k6's own figures are off, since the recorder keeps those of the run. */
  readonly isRecorded: boolean;
  /** Whether another output takes k6's samples as well: these then have the tags that dashboards look for. */
  readonly isExported: boolean;
  /** Where `handleSummary` writes, of a run that is not recorded. */
  readonly summaryFile: string;
  /** Where it writes the same again, or where a record goes that cannot be finished: on another disk if need be. */
  readonly spareFile?: string;
  readonly measuresAtRest: boolean;
  /** Names the test where a scenario is a part of a larger one. */
  readonly testId?: string;
  /** Ends a run whose thresholds are crossed, once it is so old; absent: every run goes to its end. */
  readonly abortOnFailAfterSeconds?: number;
  /** The warm-up of a scenario that has none. */
  readonly defaultWarmUpSeconds: number;
  /** Whether the tool reads the metrics of the target while the load runs. */
  readonly readsServerMetrics: boolean;
  /** Whether every second user has an address of its own. */
  readonly hasSecondClient: boolean;
  /** Where the reference backend listens, for a run without BASE_URL. */
  readonly backendUrl: string;
}

/** An order as far as it is known: what is left out is as in `DEFAULT_RUN_ORDER`. */
export type GivenRunOrder = { readonly [Key in keyof RunOrder]?: RunOrder[Key] | undefined };

/** Serves `k6 inspect`, and a bundle that someone runs with k6 alone. */
export const DEFAULT_RUN_ORDER: RunOrder = {
  runId: 'by-hand',
  isInspected: false,
  isRecorded: false,
  isExported: false,
  summaryFile: 'summary.json',
  measuresAtRest: true,
  defaultWarmUpSeconds: 0,
  readsServerMetrics: false,
  hasSecondClient: false,
  backendUrl: 'http://127.0.0.1:54112',
};

/** The environment variable of one member of an order, and how it is read back. */
interface Variable<Value> {
  readonly name: string;
  readonly read: (text: string) => Value;
}

const text = (name: string): Variable<string> => ({ name, read: (value) => value });
const number = (name: string): Variable<number> => ({ name, read: Number });
const onOrOff = (name: string): Variable<boolean> => ({ name, read: (value) => value === 'on' });

const VARIABLES: { readonly [Key in keyof RunOrder]-?: Variable<NonNullable<RunOrder[Key]>> } = {
  runId: text('VERDICT_RUN_ID'),
  isInspected: onOrOff('VERDICT_INSPECTED'),
  isRecorded: onOrOff('VERDICT_RECORDED'),
  isExported: onOrOff('VERDICT_EXPORTED'),
  summaryFile: text('VERDICT_SUMMARY_FILE'),
  spareFile: text('VERDICT_SPARE_FILE'),
  measuresAtRest: onOrOff('VERDICT_AT_REST'),
  testId: text('VERDICT_TEST_ID'),
  abortOnFailAfterSeconds: number('VERDICT_ABORT_AFTER'),
  defaultWarmUpSeconds: number('VERDICT_DEFAULT_WARM_UP'),
  readsServerMetrics: onOrOff('VERDICT_SERVER_METRICS'),
  hasSecondClient: onOrOff('VERDICT_SECOND_CLIENT'),
  backendUrl: text('VERDICT_BACKEND_URL'),
};

const KEYS = Object.keys(VARIABLES) as (keyof RunOrder)[];

/** The environment variables that tell k6 an order. */
export function encodeRunOrder(order: GivenRunOrder): Record<string, string> {
  const given = KEYS.flatMap((key) => {
    const value = order[key];
    return value === undefined ? [] : [[VARIABLES[key].name, written(value)] as const];
  });
  return Object.fromEntries(given);
}

/** Reads an order from environment variables. One that is absent or empty is as in `DEFAULT_RUN_ORDER`. */
export function decodeRunOrder(read: (name: string) => string | undefined): RunOrder {
  const given = KEYS.flatMap((key) => {
    const { name, read: parse } = VARIABLES[key];
    const value = read(name);
    return value === undefined || value === '' ? [] : [[key, parse(value)] as const];
  });
  return { ...DEFAULT_RUN_ORDER, ...Object.fromEntries(given) };
}

function written(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}
