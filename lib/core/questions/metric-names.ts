import type { StudyMetric } from './table.ts';

/** The compiler holds this against the table, which no scenario needs to have in its bundle. */
const NAMES: Readonly<Record<StudyMetric, true>> = {
  sustainedPerSecond: true,
  freeUsers: true,
  excessAnswerMs: true,
  acceptedInWindowBeyondLimit: true,
  openBypasses: true,
  starvedRequests: true,
  wrongRetryAfterShare: true,
  recoverySeconds: true,
  brokenAfterOverload: true,
  p95DriftPerHour: true,
  failureDriftPerHour: true,
  memoryDriftPerHour: true,
  connectionDriftPerHour: true,
  heldSocketsShare: true,
  droppedSockets: true,
  roundTripP95Ms: true,
};

/** The names of all that the answers of questions are judged by. */
export const STUDY_METRIC_NAMES: readonly string[] = Object.keys(NAMES);
