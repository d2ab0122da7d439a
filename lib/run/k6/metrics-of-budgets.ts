import { UserError } from '../../core/spec/errors.ts';
import { shownName } from '../../core/spec/shown.ts';

const NOT_MADE = /^invalid threshold defined on .*; reason: no metric name "(?<metric>\w+)" found/;
const OF_OTHER_KIND =
  /^invalid threshold ".*" applied on metric (?<metric>\w+); reason: .* on metric of type (?<kind>\w+)/;

/**
 * What k6 says where budgets have limits on a metric that the script does not make, or that is of another kind: it is
 * asked for them when it loads a scenario. Undefined for any other message.
 */
export function mistakeInMetrics(message: string): UserError | undefined {
  const missing = NOT_MADE.exec(message)?.groups?.metric;
  if (missing !== undefined) {
    return new UserError({
      what: `The budgets have limits on a metric that the scenario does not make: ${shownName(missing)}.`,
      expected: `new Counter("${missing}"), new Trend("${missing}") or new Rate("${missing}") of k6/metrics, in the scenario or in what it imports`,
      todo: 'correct the name under custom in the budgets, or make the metric where the file begins',
    });
  }
  const { metric, kind } = OF_OTHER_KIND.exec(message)?.groups ?? {};
  if (metric === undefined) return undefined;
  return new UserError({
    what: `The budgets have limits on the metric ${shownName(metric)} that it cannot have.`,
    received: `a ${kind}`,
    expected:
      'of a trend p50, p95, p99, mean and max; of a counter countAtLeast, countAtMost and perSecondAtLeast; of a rate shareAtLeast and shareAtMost',
  });
}
