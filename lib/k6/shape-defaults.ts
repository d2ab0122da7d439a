/** A user without a pause between its requests. */
export const NO_PAUSE = { thinkTimeSeconds: 0, pacingSeconds: 0 };

/** How long a user of an open model is taken to be busy with one request. */
export const EXPECTED_LATENCY_MS = 1000;
