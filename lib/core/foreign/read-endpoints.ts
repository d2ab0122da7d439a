import type { StoredEndpoint } from '../measure/measured.ts';
import { mergeLatencies } from '../measure/merge-latencies.ts';
import { addOutcomes } from '../measure/outcome.ts';
import { sum } from '../spec/sum.ts';
import { ENDPOINT_TAGS } from './count-causes.ts';
import { areSame, baseOf, type K6File, type Tags, tagsOf } from './k6-file.ts';
import { type CountedRequests, countTagged, measureRequests } from './measure-requests.ts';
import { withoutSecrets } from './without-secrets.ts';

type EndpointTag = (typeof ENDPOINT_TAGS)[number];

export type TaggedEndpoint = StoredEndpoint & CountedRequests;

export interface TaggedEndpoints {
  readonly endpoints: readonly TaggedEndpoint[];
  readonly lacks: readonly string[];
}

/** k6's summary knows no categories. */
const CATEGORY = 'Endpoints';

/** Sub-metrics that look at one endpoint, each by the tags that single it out. */
interface Candidate {
  readonly tag: EndpointTag;
  readonly id: string;
  readonly parts: readonly Tags[];
}

/** The endpoints that a script made k6 tell apart, as far as their requests were counted. */
export function readEndpoints(file: K6File): TaggedEndpoints {
  const candidates = findCandidates(file);
  const counted = candidates.flatMap((candidate) => {
    const endpoint = measureCandidate(file, candidate);
    return endpoint === undefined ? [] : [{ ...candidate, endpoint }];
  });
  const uncounted = candidates.filter(({ id }) => !counted.some((each) => each.id === id)).map(({ id }) => id);
  const { kept, left } = leaveOutDoubles(counted, countTagged(file, {}) ?? 0);
  return {
    endpoints: kept.map(({ endpoint }) => endpoint),
    lacks: [
      ...[...new Set(uncounted)].map((id) => `${id} has latencies but no count of requests: it is left out.`),
      ...left.map((tag) => `Requests by ${tag} are left out: they were counted by another tag already.`),
    ],
  };
}

/** The endpoint that a metric looks at, if it is one. */
export function endpointOf(metric: string): string | undefined {
  const tags = tagsOf(metric);
  const given = ENDPOINT_TAGS.filter((tag) => tags[tag] !== undefined);
  const value = given.length === 1 && given[0] !== undefined ? tags[given[0]] : undefined;
  return value === undefined ? undefined : withoutSecrets(value);
}

const REQUEST_METRICS: ReadonlySet<string> = new Set(['http_reqs', 'http_req_duration', 'http_req_failed']);

function findCandidates({ metrics }: K6File): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const name of [...metrics.keys()].filter((metric) => REQUEST_METRICS.has(baseOf(metric))).sort()) {
    const { expected_response: _, ...tags } = tagsOf(name);
    const tag = endpointTagOf(tags);
    if (tag === undefined) continue;
    const id = withoutSecrets(tags[tag] ?? '');
    const parts = found.get(`${tag} ${id}`)?.parts ?? [];
    found.set(`${tag} ${id}`, { tag, id, parts: parts.some((part) => areSame(part, tags)) ? parts : [...parts, tags] });
  }
  return [...found.values()]
    .map((candidate) => ({ ...candidate, parts: candidate.parts.filter((part) => !isPartOfAnother(part, candidate)) }))
    .sort((a, b) => ENDPOINT_TAGS.indexOf(a.tag) - ENDPOINT_TAGS.indexOf(b.tag));
}

/** What k6 counted in a scenario alone is in the count over all scenarios as well. */
function isPartOfAnother({ scenario, ...tags }: Tags, { parts }: Candidate): boolean {
  return scenario !== undefined && parts.some((part) => areSame(part, tags));
}

function endpointTagOf({ scenario: _, ...tags }: Tags): EndpointTag | undefined {
  const [only, ...more] = Object.keys(tags);
  return more.length === 0 ? ENDPOINT_TAGS.find((tag) => tag === only) : undefined;
}

function measureCandidate(file: K6File, { id, parts }: Candidate): TaggedEndpoint | undefined {
  const measured = parts.map((part) => measureRequests(file, part));
  if (!measured.every((part) => part !== undefined)) return undefined;
  return { id, path: pathOf(id), category: CATEGORY, ...together(measured) };
}

function together(parts: readonly CountedRequests[]): CountedRequests {
  return {
    requests: sum(parts.map(({ requests }) => requests)),
    outcomes: addOutcomes(parts.map(({ outcomes }) => outcomes)),
    latencyMs: {
      all: mergeLatencies(parts.map(({ latencyMs }) => latencyMs.all)),
      ok: mergeLatencies(parts.map(({ latencyMs }) => latencyMs.ok)),
    },
    isFailureKnown: parts.every(({ isFailureKnown }) => isFailureKnown),
    isNeverOk: parts.every(({ isNeverOk }) => isNeverOk),
  };
}

/** Of a URL, what follows its host; of a name, the name. */
function pathOf(id: string): string {
  return /^\w+:\/\/[^/]*(\/.*)$/.exec(id)?.[1] ?? id;
}

interface Kept extends Candidate {
  readonly endpoint: TaggedEndpoint;
}

/** The same requests can be counted by two tags: then there are more of them than the run has. */
function leaveOutDoubles(
  counted: readonly Kept[],
  all: number,
): { kept: readonly Kept[]; left: readonly EndpointTag[] } {
  const kept: Kept[] = [];
  const left: EndpointTag[] = [];
  for (const tag of ENDPOINT_TAGS) {
    const group = counted.filter((each) => each.tag === tag);
    const requests = sum([...kept, ...group].map(({ endpoint }) => endpoint.requests));
    const isDouble =
      kept.length > 0 && (requests > all || group.some(({ id }) => kept.some((other) => other.id === id)));
    if (group.length > 0 && isDouble) left.push(tag);
    else kept.push(...group);
  }
  return { kept, left };
}
