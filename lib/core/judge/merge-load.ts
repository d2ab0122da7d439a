import type { LoadRecord, Measured } from '../measure/measured.ts';
import { parseBaseUrl } from '../spec/base-url.ts';
import { isLoopback } from '../spec/host.ts';
import { plannedIterations } from '../spec/load-shape.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import type { CompactRun } from './compact-run.ts';
import { loadSpanOf, usersAtEnd } from './processes.ts';

/** @param parts of one run, at least one */
export function mergeLoad(parts: readonly CompactRun[], totals: Measured): LoadRecord {
  const loads = parts.map(({ load }) => load);
  const [first] = parts;
  if (first === undefined) throw new Error('A run without processes');
  const spans = parts.map(loadSpanOf);
  const windowSeconds =
    (Math.max(...spans.map(({ toMs }) => toMs)) - Math.min(...spans.map(({ fromMs }) => fromMs))) / 1000;
  const add = (key: 'completed' | 'dropped' | 'failed') => sum(loads.map(({ iterations }) => iterations[key]));
  const interrupted = loads.flatMap(({ iterations }) => iterations.interrupted ?? []);
  const unawaited = sum(loads.map(({ iterations }) => iterations.unawaited ?? 0));
  const unattributed = sum(loads.map(({ unattributedRequests = 0 }) => unattributedRequests));
  const users = usersAtEnd(parts);
  const planned = plannedOf(parts);
  const {
    segment: _,
    consecutivePart: ______,
    usersAtEnd: __,
    plannedIterations: ___,
    unattributedRequests: ____,
    clientAddresses: _____,
    ...rest
  } = first.load;
  return {
    ...rest,
    windowSeconds,
    requestsPerSecond: windowSeconds > 0 ? totals.requests / windowSeconds : 0,
    ...present({ plannedIterations: planned }),
    iterations: {
      completed: add('completed'),
      dropped: add('dropped'),
      failed: add('failed'),
      ...present({
        interrupted: interrupted.length === loads.length ? sum(interrupted) : undefined,
        unawaited: unawaited || undefined,
      }),
    },
    ...present({ usersAtEnd: users, recordLacks: loads.find(({ recordLacks }) => recordLacks)?.recordLacks }),
    ...(loads.some(({ endedEarly }) => endedEarly) ? { endedEarly: true as const } : {}),
    ...(loads.some(({ hasSeveralClients }) => hasSeveralClients) ? { hasSeveralClients: true as const } : {}),
    ...present({
      clientAddresses: clientAddressesOf(parts),
      failedTeardown: loads.find(({ failedTeardown }) => failedTeardown)?.failedTeardown,
    }),
    ...(unattributed > 0 ? { unattributedRequests: unattributed } : {}),
  };
}

/** The processes of one load share its plan; those that follow each other have each their own. */
function plannedOf(parts: readonly CompactRun[]): number | undefined {
  const [first] = parts;
  if (first?.load.segment !== undefined) {
    const planned = Object.values(first.load.plan).map((shape) => plannedIterations(shape, first.endpoints.length));
    return planned.every((each) => each !== undefined) ? sum(planned) : undefined;
  }
  const planned = parts.map(({ load }) => load.plannedIterations);
  return planned.every((each) => each !== undefined) ? sum(planned) : undefined;
}

/**
 * The most addresses there can have been. A target elsewhere sees each machine as a client of its own; processes side by
 * side on one machine share its address, unless they were given several; those that follow each other have the same.
 */
function clientAddressesOf(parts: readonly CompactRun[]): number | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const each = parts.map(({ load }) => load.clientAddresses ?? 1);
  const areSideBySide = first.load.segment !== undefined;
  const areApart = !isLoopback(parseBaseUrl(first.target).host) || each.some((count) => count > 1);
  const most = areSideBySide && areApart ? sum(each) : Math.max(...each);
  return most > 1 ? most : undefined;
}
