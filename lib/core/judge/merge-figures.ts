import type { AtRest, Cause, EndpointSummary, Measured } from '../measure/measured.ts';
import { mergeWithBrackets } from '../measure/merge-latencies.ts';
import { addOutcomes } from '../measure/outcome.ts';
import { MOST_CAUSES } from '../measure/record/causes.ts';
import { isDeclared } from '../spec/not-declared.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import type { CompactMeasured, CompactRun } from './compact-run.ts';
import type { RecordedEndpoint } from './records-together.ts';

/**
 * Counts are added.
 * @param recorded the latencies by the records of all parts; without it they are mixed of what each part says of its own
 */
export function mergeMeasured(
  parts: readonly CompactMeasured[],
  recorded: Measured['latencyMs'] | undefined,
): Measured {
  return {
    requests: sum(parts.map(({ requests }) => requests)),
    outcomes: addOutcomes(parts.map(({ outcomes }) => outcomes)),
    latencyMs: recorded ?? mixLatencies(parts),
  };
}

function mixLatencies(parts: readonly CompactMeasured[]): Measured['latencyMs'] {
  const ok = mergeWithBrackets(parts.map(({ latencyMs }) => latencyMs.ok));
  // Where every request was ok, these are the same requests.
  const areAllOk = parts.every(({ latencyMs }) => latencyMs.all.count === latencyMs.ok.count);
  return { all: areAllOk ? ok : mergeWithBrackets(parts.map(({ latencyMs }) => latencyMs.all)), ok };
}

/** The endpoints, and what the script of any part has sent besides: no other row is in some parts alone. */
export function rowsOf(parts: readonly CompactRun[]): readonly EndpointFactsOfPart[] {
  const [first] = parts;
  const besides = parts.flatMap(({ endpoints }) => endpoints.find((each) => !isDeclared(each)) ?? []);
  return [...(first?.endpoints ?? []).filter(isDeclared), ...besides.slice(0, 1)];
}

type EndpointFactsOfPart = CompactRun['endpoints'][number];

export function mergeEndpoint(
  endpoint: EndpointFactsOfPart,
  parts: readonly CompactRun[],
  recorded: RecordedEndpoint | undefined,
): EndpointSummary {
  const own = parts.flatMap(({ endpoints }) => endpoints.find(({ id }) => id === endpoint.id) ?? []);
  const withoutRetryAfter = sum(own.map(({ limitedWithoutRetryAfter = 0 }) => limitedWithoutRetryAfter));
  const undecided = sum(own.map(({ undecidedChecks = 0 }) => undecidedChecks));
  const { limitedWithoutRetryAfter: _, undecidedChecks: __, causes: ___, ...facts } = endpoint;
  return {
    ...facts,
    ...mergeMeasured(own, recorded?.latencyMs),
    ...present({ causes: recorded === undefined ? addCauses(parts, endpoint.id) : recorded.causes }),
    ...(withoutRetryAfter > 0 ? { limitedWithoutRetryAfter: withoutRetryAfter } : {}),
    ...(undecided > 0 ? { undecidedChecks: undecided } : {}),
  };
}

/** Those of some parts alone would look like those of all. */
function addCauses(parts: readonly CompactRun[], id: string): readonly Cause[] | undefined {
  if (parts.some(({ isUnrecorded }) => isUnrecorded === true)) return undefined;
  const added = new Map<string, Cause>();
  for (const cause of parts.flatMap(({ endpoints }) => endpoints.find((each) => each.id === id)?.causes ?? [])) {
    const { outcome, status, errorCode, text } = cause;
    const key = JSON.stringify([outcome, status, errorCode, text]);
    added.set(key, { ...cause, count: cause.count + (added.get(key)?.count ?? 0) });
  }
  const commonest = [...added.values()].sort((a, b) => b.count - a.count).slice(0, MOST_CAUSES);
  return commonest.length > 0 ? commonest : undefined;
}

/** Each process met the endpoints by itself before its load. */
export function mergeAtRest(parts: readonly CompactRun[]): AtRest[] {
  const endpoints = [...new Set(parts.flatMap(({ atRest }) => atRest.map(({ endpoint }) => endpoint)))];
  return endpoints.map((endpoint) => {
    const own = parts.flatMap(({ atRest }) => atRest.filter((each) => each.endpoint === endpoint));
    const causes = [...new Set(own.flatMap((each) => each.causes ?? []))];
    return {
      endpoint,
      sent: sum(own.map(({ sent }) => sent)),
      requests: sum(own.map(({ requests }) => requests)),
      outcomes: addOutcomes(own.map(({ outcomes }) => outcomes)),
      okMs: own.flatMap(({ okMs }) => okMs),
      ...(causes.length > 0 ? { causes } : {}),
    };
  });
}
