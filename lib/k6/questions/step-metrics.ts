import { Counter, Rate, Trend } from 'k6/metrics';
import { OWN_METRICS } from '../../core/measure/k6-metrics.ts';

export const stepOk = new Trend(OWN_METRICS.stepOk, true);
export const stepNotOk = new Trend(OWN_METRICS.stepNotOk, true);
export const stepFailed = new Rate(OWN_METRICS.stepFailed);
export const stepDone = new Counter(OWN_METRICS.stepDone);
