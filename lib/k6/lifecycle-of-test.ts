import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import type { Threshold } from '../core/judge/threshold.ts';
import { OWN_METRICS } from '../core/measure/k6-metrics.ts';
import { present } from '../core/spec/present.ts';
import { clearUp, hasHooks, meetAtRest, type Prepared, prepareLoad } from './before-load.ts';
import { iterateOf } from './iterate.ts';
import type { LoadTest, SetupData } from './load-test-definition.ts';
import { measuredTest, measurementOf } from './measurement-of-test.ts';
import type { Met } from './met-in-bundle.ts';
import { note } from './questions/note.ts';
import type { ResolvedTest } from './resolve-test.ts';
import type { Users } from './users.ts';

const loadWindow = new Gauge(OWN_METRICS.loadWindow, true);

/**
 * What k6 calls in the course of a run.
 * @param thresholds what the run is judged by
 * @param met what setup() meets at rest
 */
export function lifecycleOf(
  test: ResolvedTest,
  { iterations, study }: Users,
  thresholds: readonly Threshold[],
  met: Met,
): Omit<LoadTest, 'options'> {
  const { order, warmUpSeconds } = test;
  const begin = ({ atRest, seeded }: Prepared): SetupData => {
    const begun = { atRest, loadStartedAtMs: Date.now() + warmUpSeconds * 1000 };
    // With k6's own figures off, what setup() returns is in none of them.
    if (order.isRecorded) note(begun);
    return { ...begun, ...present({ seeded }) };
  };
  return {
    setup: () => (hasHooks(test) ? prepareLoad(test, met).then(begin) : begin(meetAtRest(test, met))),
    iterate: iterateOf(iterations),
    teardown: ({ loadStartedAtMs, seeded }) => {
      loadWindow.add(Math.max(0, Date.now() - loadStartedAtMs));
      return clearUp(test, seeded);
    },
    handleSummary: (data) => {
      const found = { ...data, testOptions: { ...exec.test.options } };
      const measured = JSON.stringify(measurementOf(measuredTest(test, study, thresholds), found, Date.now()));
      const { summaryFile, spareFile = summaryFile } = order;
      return { [summaryFile]: measured, [spareFile]: measured };
    },
  };
}
