import type { RecordTotals } from '../../measure/record/read-record.ts';
import { isAllowedHost } from '../../spec/base-url.ts';
import { isLoopback } from '../../spec/host.ts';

/** The hosts that a script loaded and nobody allowed: they show only when they are met. */
export function hostsNotAllowed(
  { hosts, addresses }: Pick<RecordTotals, 'hosts' | 'addresses'>,
  allowed: readonly string[],
): string[] {
  return [...new Set([...hosts, ...addresses])].filter(
    (place) => !isLoopback(hostOf(place)) && !placesOf(place).some((each) => isAllowedHost(each, allowed)),
  );
}

/** `shop.example:8080` → `shop.example`; an IPv6 address keeps its brackets. */
function hostOf(place: string): string {
  return place.replace(/:\d+$/, '').toLowerCase();
}

/** A place without a port is that of either scheme. */
function placesOf(place: string): { readonly host: string; readonly port: number }[] {
  const port = /:(\d+)$/.exec(place)?.[1];
  return (port === undefined ? [80, 443] : [Number(port)]).map((each) => ({ host: hostOf(place), port: each }));
}
