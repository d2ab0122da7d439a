import { baseOf, type K6File, type K6FileMetric } from './k6-file.ts';

/** What k6 measures of every run, whatever its script does. */
const OF_EVERY_RUN =
  /^(http_req\w*|iterations|iteration_duration|dropped_iterations|group_duration|vus|vus_max|data_sent|data_received)$/;

/** Whether a run did anything besides HTTP: gRPC, WebSocket, a browser, an extension, or checks and figures of its script. */
export function hasOtherWork({ metrics }: K6File): boolean {
  return [...metrics].some(([name, metric]) => !OF_EVERY_RUN.test(baseOf(name)) && hasSamples(metric));
}

function hasSamples({ values }: K6FileMetric): boolean {
  return Object.values(values).some((value) => value !== 0);
}
