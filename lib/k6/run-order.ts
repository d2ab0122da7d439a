/** What `run` tells the scenario beside the settings. Its variables are no settings: nobody sets them by hand. */
export interface RunOrder {
  readonly runId: string;
  /** Where `handleSummary` writes. */
  readonly summaryFile: string;
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
  /** Whether the tool waits to hear when the load begins. */
  readonly notesStart: boolean;
  /** Where the reference backend listens, for a run without BASE_URL. */
  readonly backendUrl: string;
}

/** The defaults serve `k6 inspect` and a bundle that someone runs with k6 alone. */
export function readRunOrder(): RunOrder {
  const { VERDICT_TEST_ID: testId, VERDICT_ABORT_AFTER: abortAfter } = __ENV;
  return {
    runId: __ENV.VERDICT_RUN_ID ?? 'by-hand',
    summaryFile: __ENV.VERDICT_SUMMARY_FILE ?? 'summary.json',
    measuresAtRest: __ENV.VERDICT_AT_REST !== 'off',
    ...(testId ? { testId } : {}),
    ...(abortAfter ? { abortOnFailAfterSeconds: Number(abortAfter) } : {}),
    defaultWarmUpSeconds: Number(__ENV.VERDICT_DEFAULT_WARM_UP ?? 0),
    readsServerMetrics: __ENV.VERDICT_SERVER_METRICS === 'on',
    hasSecondClient: __ENV.VERDICT_SECOND_CLIENT === 'on',
    notesStart: __ENV.VERDICT_NOTES_START === 'on',
    backendUrl: __ENV.VERDICT_BACKEND_URL ?? 'http://127.0.0.1:54112',
  };
}
