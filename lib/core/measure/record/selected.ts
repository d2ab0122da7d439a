import type { Selected } from './recorder-config.ts';

/** Takes k6's name of a sub-metric apart: `http_req_duration{endpoint:list,phase:load}`. */
export function selectedOf(subMetric: string): Selected {
  const brace = subMetric.indexOf('{');
  if (brace === -1) return { metric: subMetric, tags: {} };
  const tags = subMetric
    .slice(brace + 1, -1)
    .split(',')
    .map(tagOf);
  return { metric: subMetric.slice(0, brace), tags: Object.fromEntries(tags) };
}

/** A value may hold colons, and a name none. */
function tagOf(pair: string): [name: string, value: string] {
  const colon = pair.indexOf(':');
  return [pair.slice(0, colon), pair.slice(colon + 1)];
}
