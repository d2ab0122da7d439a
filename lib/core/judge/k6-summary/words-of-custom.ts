import { CUSTOM_METRIC_NAMES, CUSTOM_METRICS, type CustomMetric } from '../custom-metrics.ts';
import { isTold } from '../told-metrics.ts';

/** What a limit on a metric of the author's is on: the metric has it under the same name, ... */
const STATISTICS: Readonly<Record<CustomMetric, string>> = {
  customP50: 'p(50)',
  customP95: 'p(95)',
  customP99: 'p(99)',
  customMean: 'avg',
  customMax: 'max',
  customCountAtLeast: 'count',
  customCountAtMost: 'count',
  customPerSecondAtLeast: 'value',
  customShareAtLeast: 'rate',
  customShareAtMost: 'rate',
};

/** ... but for what there is of it in a second of the load: k6 divides by the time of the whole run. */
const PER_SECOND = 'count_per_second';

/** What k6 lets a metric be called. */
const NAME = /^[A-Za-z_]\w*$/;

/** Undefined for what is no limit on a metric of the author's, and for one on a metric that k6 or we have. */
export function wordsOfCustom(
  metric: string,
  custom: string,
): { readonly metric: string; readonly statistic: string } | undefined {
  if (!Object.hasOwn(STATISTICS, metric) || isTold(custom) || custom === PER_SECOND) return undefined;
  const statistic = STATISTICS[metric as CustomMetric];
  return { metric: metric === 'customPerSecondAtLeast' ? `${PER_SECOND}{metric:${custom}}` : custom, statistic };
}

/** A limit on a metric of the author's. */
export interface CustomLimit {
  readonly metric: CustomMetric;
  readonly custom: string;
}

/** Which limit on a metric of the author's a threshold in k6's words is; the opposite of wordsOfCustom. */
export function customLimitInWords(
  base: string,
  tags: Readonly<Record<string, string>>,
  statistic: string,
  operator: string,
): CustomLimit | undefined {
  const isPlain = Object.keys(tags).length === 0 && NAME.test(base);
  const custom = base === PER_SECOND ? tags.metric : isPlain ? base : undefined;
  const metric = CUSTOM_METRIC_NAMES.find(
    (name) =>
      STATISTICS[name] === statistic &&
      CUSTOM_METRICS[name].operator === operator &&
      (name === 'customPerSecondAtLeast') === (base === PER_SECOND),
  );
  return custom === undefined || metric === undefined ? undefined : { metric, custom };
}

export function isWordOfCustom(base: string): boolean {
  return base === PER_SECOND;
}
