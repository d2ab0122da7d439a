import type { RecordTotals } from '../../measure/record/read-record.ts';
import { isLoopback } from '../../spec/host.ts';

/** The hosts that a script loaded and nobody allowed: they show only when they are met. */
export function hostsNotAllowed(
  { hosts, addresses }: Pick<RecordTotals, 'hosts' | 'addresses'>,
  allowed: readonly string[],
): string[] {
  return [...new Set([...hosts, ...addresses])].filter(
    (place) => !isLoopback(hostOf(place)) && !allowed.includes(hostOf(place)),
  );
}

/** `shop.example:8080` → `shop.example`; an IPv6 address keeps its brackets. */
function hostOf(place: string): string {
  return place.replace(/:\d+$/, '').toLowerCase();
}
