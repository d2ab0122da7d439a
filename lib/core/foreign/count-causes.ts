import { addOutcomes, classifyReply, type Outcome, type OutcomeCounts } from '../measure/outcome.ts';
import { sum } from '../spec/sum.ts';
import { areSame, baseOf, type K6File, type Tags, tagsOf } from './k6-file.ts';

/** The tags by which scripts tell their endpoints apart; the first one is the most deliberate. */
export const ENDPOINT_TAGS = ['endpoint', 'name', 'url'] as const;

type CauseTag = 'status' | 'error_code';

/** Requests by a tag that says what became of them. */
interface Cause {
  readonly tag: CauseTag;
  readonly value: number;
  readonly count: number;
}

interface TaggedCause extends Cause {
  readonly tags: Tags;
}

/** What the sub-metrics of http_reqs say of these requests; of all requests, also what they say of each endpoint. */
function countCauses(file: K6File, tags: Tags): Cause[] {
  const tagged = taggedCauses(file);
  const own = tagged.filter((cause) => areSame(cause.tags, tags));
  if (Object.keys(tags).length > 0) return own;
  const others = tagged.filter((cause) => !own.some((known) => isSameReply(known, cause)));
  const unique = others.filter((cause, i) => others.findIndex((first) => isSameReply(first, cause)) === i);
  return [
    ...own,
    ...unique.map(({ tag, value }) => ({ tag, value, count: countOverEndpoints(others, { tag, value }) })),
  ];
}

function taggedCauses({ metrics }: K6File): TaggedCause[] {
  return [...metrics].flatMap(([name, { values }]) => {
    if (baseOf(name) !== 'http_reqs') return [];
    const { status, error_code: code, ...tags } = tagsOf(name);
    if ((status === undefined) === (code === undefined)) return [];
    const tag: CauseTag = status === undefined ? 'error_code' : 'status';
    return [{ tag, value: Number(status ?? code), count: values.count ?? 0, tags }];
  });
}

type Reply = Pick<Cause, 'tag' | 'value'>;

function isSameReply(one: Reply, other: Reply): boolean {
  return one.tag === other.tag && one.value === other.value;
}

/** Tags can tell the same endpoints apart in several ways: the one that counts most tells most. */
function countOverEndpoints(causes: readonly TaggedCause[], reply: Reply): number {
  const sums = ENDPOINT_TAGS.map((tag) =>
    sum(causes.filter((cause) => isSameReply(cause, reply) && isOnly(cause.tags, tag)).map(({ count }) => count)),
  );
  return Math.max(...sums);
}

function isOnly(tags: Tags, tag: string): boolean {
  return Object.keys(tags).length === 1 && tag in tags;
}

/** What is counted of requests by what became of them: errors of any kind, each once. */
export function causesOf(file: K6File, tags: Tags): OutcomeCounts {
  // The same replies can be counted by their status, and by k6's error code for that status.
  const byReply = new Map<string, { readonly outcome: Outcome; readonly count: number }>();
  for (const cause of countCauses(file, tags)) {
    const status = statusOf(cause);
    const outcome = status === undefined ? outcomeOfCode(cause.value) : outcomeOfStatus(status);
    const key = status === undefined ? `code ${cause.value}` : `status ${status}`;
    const count = Math.max(cause.count, byReply.get(key)?.count ?? 0);
    if (outcome !== undefined) byReply.set(key, { outcome, count });
  }
  return addOutcomes([...byReply.values()].map(({ outcome, count }) => ({ [outcome]: count })));
}

/** How many replies there were of each status, as far as the file counts those of all requests. */
export function repliesByStatus(file: K6File): { readonly status: number; readonly count: number }[] {
  return countCauses(file, {})
    .filter(({ tag, value, count }) => tag === 'status' && value > 0 && count > 0)
    .map(({ value, count }) => ({ status: value, count }))
    .sort((a, b) => a.status - b.status);
}

function statusOf({ tag, value }: Cause): number | undefined {
  if (tag === 'status') return value;
  return value >= 1400 && value < 1600 ? value - 1000 : undefined;
}

/** Below 400 k6 takes a reply for expected, unless it was told otherwise. A status of 0 is no reply, and no cause. */
function outcomeOfStatus(status: number): Outcome | undefined {
  return status >= 400 ? classifyReply({ status, errorCode: 0 }) : undefined;
}

/** 1000 is whatever k6 has no code for: a connection that the server closed, among others. */
function outcomeOfCode(errorCode: number): Outcome | undefined {
  return errorCode > 1000 ? classifyReply({ status: 0, errorCode }) : undefined;
}
