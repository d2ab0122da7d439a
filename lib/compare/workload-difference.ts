import type { OwnRun, StoredRun } from '../core/judge/run-summary.ts';
import { type Workload, workloadOf } from '../core/judge/workload.ts';
import { describeShape } from '../core/spec/describe-shape.ts';
import { formatDuration } from '../core/spec/units.ts';
import { dataDifferences } from './data-difference.ts';
import { differs, optionsText } from './difference-text.ts';
import { scriptDifferences } from './script-difference.ts';

type WorkloadEndpoint = Workload['endpoints'][number];

/**
 * In what the workloads of two runs differ: one sentence for each part, endpoints and k6's scenarios by name.
 * @returns what cannot be named where an earlier version of the tool wrote one of them
 */
export function workloadDifferences(one: StoredRun, other: StoredRun): string[] {
  const parts = differencesOf(one, other);
  return parts.length > 0 ? parts : ['something that these summaries do not say: another version wrote one of them'];
}

function differencesOf(one: StoredRun, other: StoredRun): string[] {
  if (one.source === 'k6-verdict' && other.source === 'k6-verdict') return differencesOfOwn(one, other);
  if (one.source === 'script' && other.source === 'script') return scriptDifferences(one, other);
  return [`${kindText(one)} against ${kindText(other)}: they do not send the same`];
}

function kindText({ source, scenario }: StoredRun): string {
  return source === 'script' ? `the script ${scenario}` : `the scenario ${scenario}`;
}

function differencesOfOwn(one: OwnRun, other: OwnRun): string[] {
  const [a, b] = [workloadOf(one, one.k6Version), workloadOf(other, other.k6Version)];
  return [
    differs('scenario', a.scenario, b.scenario),
    differs('plan', a.plan, b.plan),
    differs('load', loadText(a), loadText(b)),
    differs('warm-up', warmUpText(a), warmUpText(b)),
    differs('k6', a.k6, b.k6),
    differs('k6 options', optionsText(a.k6Options), optionsText(b.k6Options)),
    differs('journeys', journeysText(a), journeysText(b)),
    ...dataDifferences(a.data, b.data),
    ...endpointDifferences(a.endpoints, b.endpoints),
  ].filter((part) => part !== undefined);
}

function journeysText({ journeys = [] }: Workload): string {
  const texts = journeys.map(({ name, weight, endpoints, atMostSeconds }) => {
    const share = weight === undefined ? '' : ` with weight ${weight}`;
    return `${name}${share} (${endpoints.join(', ')}; at most ${formatDuration(atMostSeconds)})`;
  });
  return texts.join(', ') || 'none';
}

function loadText({ shapes, journeys }: Workload): string {
  const iteration = journeys === undefined ? 'request' : 'journey';
  return Object.entries(shapes)
    .map(([name, shape]) => `${name} ${describeShape(shape, formatDuration, iteration)}`)
    .join(', ');
}

function warmUpText({ warmUpSeconds }: Workload): string {
  return warmUpSeconds === undefined ? 'none' : formatDuration(warmUpSeconds);
}

/** One that has another id, and the method and the path of one that is gone, was renamed. */
function endpointDifferences(one: readonly WorkloadEndpoint[], other: readonly WorkloadEndpoint[]): string[] {
  const isIn = (endpoints: readonly WorkloadEndpoint[], { id }: WorkloadEndpoint) =>
    endpoints.some((each) => each.id === id);
  const gone = one.filter((each) => !isIn(other, each));
  const added = other.filter((each) => !isIn(one, each));
  const renamed = gone.flatMap((from) => {
    const to = added.find(({ method, path }) => method === from.method && path === from.path);
    return to === undefined ? [] : [{ from, to }];
  });
  const named = (what: string, endpoints: readonly WorkloadEndpoint[]) =>
    endpoints.length === 0 ? [] : [`${what}: ${endpoints.map(({ id, path }) => `${id} (${path})`).join(', ')}`];
  const kept = [
    ...one.flatMap((a) => other.filter(({ id }) => id === a.id).map((b) => [a, b] as const)),
    ...renamed.map(({ from, to }) => [from, to] as const),
  ];
  const changed = kept.flatMap(([a, b]) => endpointChanges(a, b));
  const hasOtherOrder =
    gone.length + added.length + changed.length === 0 && one.some(({ id }, i) => id !== other[i]?.id);
  return [
    ...named(
      'endpoints removed',
      gone.filter((each) => !renamed.some(({ from }) => from === each)),
    ),
    ...named(
      'endpoints added',
      added.filter((each) => !renamed.some(({ to }) => to === each)),
    ),
    ...renamed.map(({ from, to }) => `endpoint renamed: ${from.id} to ${to.id} (${from.path})`),
    ...changed,
    ...(hasOtherOrder ? ['endpoints: the same in another order'] : []),
  ];
}

function endpointChanges(a: WorkloadEndpoint, b: WorkloadEndpoint): string[] {
  return [
    differs('', `${a.method} ${a.path}`, `${b.method} ${b.path}`),
    differs('', serverText(a), serverText(b)),
    differs('', `expects ${a.expectedStatuses.join(' ')}`, `expects ${b.expectedStatuses.join(' ')}`),
    differs('', `timeout ${formatDuration(a.timeoutMs / 1000)}`, `timeout ${formatDuration(b.timeoutMs / 1000)}`),
  ].flatMap((part) => (part === undefined ? [] : [`endpoint ${b.id}${part}`]));
}

function serverText({ server }: WorkloadEndpoint): string {
  return server === undefined ? 'at BASE_URL' : `at server ${server}`;
}

/** Two runs whose workloads differ, one of base and one of head where there are such. */
export function otherWorkloads(
  base: readonly StoredRun[],
  head: readonly StoredRun[],
): readonly [StoredRun, StoredRun] | undefined {
  const [first] = base;
  if (first === undefined) return undefined;
  const isOther = ({ fingerprint }: StoredRun) => fingerprint !== first.fingerprint;
  const other = head.find(isOther) ?? base.find(isOther);
  return other && [first, other];
}
