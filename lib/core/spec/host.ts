/**
 * A host in the one form that everybody reads alike: lower case, an IPv4 address as four plain numbers, an IPv6 address
 * in brackets and as short as RFC 5952 has it. Undefined for what readers take for different hosts: to Node (and to
 * inet_aton) 127.0.0.01, 127.1, 0x7f.1 and 2130706433 are addresses, while k6 asks DNS for them.
 */
export function canonicalHost(text: string): string | undefined {
  const host = text.toLowerCase();
  if (host.startsWith('[')) {
    const groups = groupsOfIpv6(host.slice(1, -1));
    return groups && `[${shortened(groups)}]`;
  }
  // The URL standard takes a name for an address by its last label.
  if (!/(^|\.)(\d+|0x[\da-f]*)$/.test(host)) return host;
  return isAddress(host) ? host : undefined;
}

/** An IPv6 address as a socket wants it, without the brackets that a URL has around it. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** Whether a host is this machine: 127.0.0.0/8, localhost or ::1. @param host in its canonical form */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (host.startsWith('127.') && isAddress(host));
}

function isAddress(host: string): boolean {
  const octets = host.split('.');
  return octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
}

const GROUPS = 8;

/** The eight groups of 16 bits of an IPv6 address in lower case; undefined for what is none. */
export function groupsOfIpv6(address: string): number[] | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const head = readGroups(before ?? [], after === undefined);
  const tail = readGroups(after ?? [], true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = GROUPS - head.length - tail.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** @param isEnd whether the last one may be an IPv4 address */
function readGroups(parts: readonly string[], isEnd: boolean): number[] | undefined {
  const groups: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (isEnd && i === parts.length - 1 && isAddress(part)) {
      const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[\da-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** The longest run of zeros, of at least two, becomes `::`. */
function shortened(groups: readonly number[]): string {
  let longest = { from: 0, length: 1 };
  for (let from = 0; from < GROUPS; from += 1) {
    let length = 0;
    while (groups[from + length] === 0) length += 1;
    if (length > longest.length) longest = { from, length };
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (longest.length < 2) return text(groups);
  return `${text(groups.slice(0, longest.from))}::${text(groups.slice(longest.from + longest.length))}`;
}
