import { baseOf, tagsOf } from './k6-file.ts';

/** A URL, or a path, without credentials, query string and fragment; any other text as it is. */
export function withoutSecrets(text: string): string {
  const anonymous = text.replace(/:\/\/[^/\s]*@/g, '://');
  return /\/|\?\S*=/.test(anonymous) ? anonymous.replace(/[?#]\S*/g, '') : anonymous;
}

/** The name of a metric, whose tags can be URLs. */
export function metricWithoutSecrets(metric: string): string {
  const tags = Object.entries(tagsOf(metric)).map(([key, value]) => `${key}:${withoutSecrets(value)}`);
  return tags.length === 0 ? baseOf(metric) : `${baseOf(metric)}{${tags.join(',')}}`;
}
