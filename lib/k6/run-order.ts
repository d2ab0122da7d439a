/** What `run` tells the scenario beside the settings. Its variables are no settings: nobody sets them by hand. */
export interface RunOrder {
  readonly runId: string;
  /** Where `handleSummary` writes. */
  readonly summaryFile: string;
  readonly measuresAtRest: boolean;
  /** Where the reference backend listens, for a run without BASE_URL. */
  readonly backendUrl: string;
}

/** The defaults serve `k6 inspect` and a bundle that someone runs with k6 alone. */
export function readRunOrder(): RunOrder {
  return {
    runId: __ENV.VERDICT_RUN_ID ?? 'by-hand',
    summaryFile: __ENV.VERDICT_SUMMARY_FILE ?? 'summary.json',
    measuresAtRest: __ENV.VERDICT_AT_REST !== 'off',
    backendUrl: __ENV.VERDICT_BACKEND_URL ?? 'http://127.0.0.1:54112',
  };
}
