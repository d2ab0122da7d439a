import { type Checkers, check, fail, group } from 'k6';
import { Trend } from 'k6/metrics';

const durations = new Trend('duration', true);

/** A named step with its checks: how long it took is measured, and the iteration ends when a check fails. */
export function timeGroup<Result>(step: string, action: () => Result, checks: Checkers<Result>): Result {
  return group(step, () => {
    const start = Date.now();
    const result = action();
    if (!check(result, checks, { step })) fail(`${step} failed`);
    durations.add(Date.now() - start, { step });
    return result;
  });
}
