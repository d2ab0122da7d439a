import { Counter } from 'k6/metrics';
import { OWN_METRICS } from '../core/measure/k6-metrics.ts';

/** Those that an exception ended: k6 logs them, and exits with 0. */
export const failedIterations = new Counter(OWN_METRICS.failedIterations);
