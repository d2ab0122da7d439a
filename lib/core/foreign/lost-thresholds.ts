import { baseOf, type K6File, metricName, tagsOf } from './k6-file.ts';
import { isObject } from './recognise.ts';
import { metricWithoutSecrets } from './without-secrets.ts';

/**
 * The thresholds of a file that cannot be read, one sentence each: it does not say true or false of them, or their
 * metric has no figures. Left out, a crossed one among them would pass.
 */
export function findLostThresholds(json: Readonly<Record<string, unknown>>, { metrics }: K6File): string[] {
  return Object.entries(isObject(json.metrics) ? json.metrics : {}).flatMap(([name, metric]) => {
    if (!isObject(metric) || metric.thresholds === undefined || metric.thresholds === null) return [];
    const shown = metricWithoutSecrets(name);
    if (!isObject(metric.thresholds)) return [`the thresholds of ${shown} cannot be read`];
    const read = metrics.get(metricName(baseOf(name), tagsOf(name)))?.thresholds ?? [];
    return Object.keys(metric.thresholds)
      .filter((expression) => !read.some((each) => each.expression === expression))
      .map((expression) => `whether the threshold "${expression}" on ${shown} holds cannot be read`);
  });
}
