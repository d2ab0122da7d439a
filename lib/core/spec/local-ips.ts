import { groupsOfIpv6 } from './host.ts';

/**
 * How many different addresses k6's `--local-ips` names: single ones, ranges (`10.0.0.1-10.0.0.4`) and networks
 * (`10.0.0.0/29`), separated by commas. Of an IPv4 network of more than two addresses k6 leaves out the first and the
 * last one.
 * @returns undefined for what k6 would not take either
 */
export function countLocalAddresses(text: string): bigint | undefined {
  const blocks = text.split(',').map(blockOf);
  if (!blocks.every((block) => block !== undefined)) return undefined;
  let count = 0n;
  // Both families are counted on one scale of their own: IPv4 lies beyond every IPv6 address.
  let covered = -1n;
  for (const [first, last] of blocks.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const from = first > covered ? first : covered + 1n;
    if (last < from) continue;
    count += last - from + 1n;
    covered = last;
  }
  return count;
}

type Block = readonly [first: bigint, last: bigint];

function blockOf(text: string): Block | undefined {
  const [, start = '', end] = /^([^-]+)-(.+)$/.exec(text) ?? [];
  if (end !== undefined) return rangeOf(numberOf(start), numberOf(end));
  const [, address = '', length] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (length !== undefined) return networkOf(address, Number(length));
  const single = numberOf(text);
  return rangeOf(single, single);
}

function rangeOf(first: bigint | undefined, last: bigint | undefined): Block | undefined {
  if (first === undefined || last === undefined || last < first) return undefined;
  return first >= IPV4 === last >= IPV4 ? [first, last] : undefined;
}

function networkOf(address: string, length: number): Block | undefined {
  const number = numberOf(address);
  if (number === undefined) return undefined;
  const isIpv4 = number >= IPV4;
  const hostBits = (isIpv4 ? 32 : 128) - length;
  if (hostBits < 0) return undefined;
  const size = 1n << BigInt(hostBits);
  const first = number - (number % size);
  return isIpv4 && size > 2n ? [first + 1n, first + size - 2n] : [first, first + size - 1n];
}

const IPV4 = 1n << 128n;

function numberOf(text: string): bigint | undefined {
  const ipv4 = ipv4Of(text);
  if (ipv4 !== undefined) return IPV4 + ipv4;
  const groups = groupsOfIpv6(text.toLowerCase());
  if (groups === undefined) return undefined;
  const number = groups.reduce((sum, group) => (sum << 16n) + BigInt(group), 0n);
  // An IPv4 address that is written as IPv6 is the same address.
  return number >> 32n === 0xffffn ? IPV4 + (number & 0xffffffffn) : number;
}

function ipv4Of(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}
