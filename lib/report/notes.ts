import type { AtRest, EndpointSummary, RunSummary } from '../core/run-summary.ts';
import { formatCount, formatShare } from '../core/units.ts';

/** Above it a generator waits for its own CPU, and measures that as latency. */
const BUSY_CPU_SHARE = 0.8;

export function notesOf({ host, verdict, load, totals, targetKind, endpoints, atRest }: RunSummary): string[] {
  const notes: string[] = [];
  if (targetKind === 'reference-backend') {
    notes.push(
      'The target was the embedded reference backend: this run tries out k6-verdict and says nothing about another service.',
    );
  }
  if (host.cpuBusyShare !== undefined && host.cpuBusyShare > BUSY_CPU_SHARE) {
    const who =
      targetKind === 'reference-backend' ? 'k6 and the embedded backend together' : 'the machine that made the load';
    notes.push(`CPU ${formatShare(host.cpuBusyShare)} busy: ${who} may have been the limit, not the service.`);
  }
  if ((verdict === 'incomplete' || load.endedEarly) && load.usersAtEnd !== undefined) {
    notes.push(
      `k6 does not count requests in flight when a run is cut short: up to ${formatCount(load.usersAtEnd)} here, one per active user.`,
    );
  }
  if (load.unattributedRequests !== undefined) {
    notes.push(
      `${formatCount(load.unattributedRequests)} requests were cut off between their reply and its classification: they are in the latency of all requests, and in no outcome.`,
    );
  }
  if (totals.latencyMs.all.min === 0) {
    notes.push(
      'k6 records 0 ms for a request that fails before it is sent, such as a refused connection: the latency of all requests looks better than it was.',
    );
  }
  if (totals.outcomes.refused !== undefined) {
    notes.push('Connections were refused: during part of the run nothing was accepting connections at the target.');
  }
  if (totals.outcomes.reset !== undefined) {
    notes.push(
      'Where a kept-alive connection died, k6 sent its GET again without saying so: the server may have counted more requests than k6.',
    );
  }
  const brokenAtRest = atRest.filter((rest) => isBroken(rest, endpoints)).map(({ endpoint }) => endpoint);
  if (brokenAtRest.length > 0) {
    notes.push(`Broken before the load began, with a single user: ${brokenAtRest.join(', ')}.`);
  }
  return notes;
}

/** An endpoint that is rate limited as it declares works; the runs before this one have used its limit up. */
function isBroken({ endpoint: id, outcomes, requests }: AtRest, endpoints: readonly EndpointSummary[]): boolean {
  const isLimited = endpoints.find((endpoint) => endpoint.id === id)?.rateLimit !== undefined;
  return outcomes.ok === undefined && !(isLimited && outcomes.rate_limited === requests);
}
