import { TIMELINE_TAG } from '../core/measure/parse-timeline.ts';
import type { ExpectedLoad } from '../core/spec/expected-load.ts';
import { chooseTimeline } from '../core/spec/timeline-period.ts';
import { usableMemoryBytes } from './k6/k6-process.ts';

/** What k6 is to be told for a record of the run over time. */
export interface TimelinePlan {
  readonly environment: Readonly<Record<string, string>>;
  /** For whoever started the run, where the record is not as usual. */
  readonly remark?: string;
}

/** What else k6 is told, by its user. */
export interface TimelineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly k6Arguments: readonly string[];
}

/** @param file where to, ending in .ndjson */
export function planTimeline(file: string, expected: ExpectedLoad, surroundings: TimelineSurroundings): TimelinePlan {
  const own = ownDashboard(surroundings);
  if (own !== undefined) {
    return { environment: {}, remark: `No requests over time: ${own} sets up a dashboard, and k6 has only one.` };
  }
  const { periodSeconds, ...remark } = chooseTimeline(expected, usableMemoryBytes());
  if (periodSeconds === undefined) return { environment: {}, ...remark };
  return { environment: timelineEnvironment(file, periodSeconds), ...remark };
}

/**
 * Makes k6 record the run over time, with its own dashboard and without its server. The record is plain text while
 * it grows: of a compressed one nothing can be read when k6 is killed.
 */
export function timelineEnvironment(file: string, periodSeconds: number): Record<string, string> {
  return {
    K6_WEB_DASHBOARD: 'true',
    K6_WEB_DASHBOARD_PORT: '-1',
    K6_WEB_DASHBOARD_PERIOD: `${periodSeconds}s`,
    K6_WEB_DASHBOARD_TAGS: TIMELINE_TAG,
    K6_WEB_DASHBOARD_RECORD: file,
  };
}

/** The first thing by which somebody asked k6 for its dashboard already. */
function ownDashboard({ environment, k6Arguments }: TimelineSurroundings): string | undefined {
  const isSet = (name: string) => (environment[name] ?? '') !== '';
  const variable = Object.keys(environment).find((name) => name.startsWith('K6_WEB_DASHBOARD') && isSet(name));
  if (variable !== undefined) return variable;
  if (environment.K6_OUT?.includes(DASHBOARD)) return 'K6_OUT';
  return k6Arguments.find((argument) => argument.includes(DASHBOARD));
}

const DASHBOARD = 'web-dashboard';
