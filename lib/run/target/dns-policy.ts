import net from 'node:net';
import { lastValueOf } from '../k6/k6-options.ts';

/** Which of a name's addresses k6 uses: https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/#dns. */
export type DnsPolicy = (typeof POLICIES)[number];

const POLICIES = ['preferIPv4', 'preferIPv6', 'onlyIPv4', 'onlyIPv6', 'any'] as const;

/** What k6 was told: by its last `--dns`, else by K6_DNS. What it cannot read it refuses itself. */
export function dnsPolicyOf(
  k6Arguments: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DnsPolicy {
  const text = lastValueOf('dns', k6Arguments) ?? environment.K6_DNS ?? '';
  const named = /(?:^|,)policy=(\w+)/.exec(text)?.[1];
  return POLICIES.find((policy) => policy === named) ?? 'preferIPv4';
}

/** Those of a name's addresses that k6 sends to. */
export function resolvedAsK6(addresses: readonly string[], policy: DnsPolicy): readonly string[] {
  const ipv4 = addresses.filter((address) => net.isIPv4(address));
  const ipv6 = addresses.filter((address) => net.isIPv6(address));
  switch (policy) {
    case 'preferIPv4':
      return ipv4.length > 0 ? ipv4 : ipv6;
    case 'preferIPv6':
      return ipv6.length > 0 ? ipv6 : ipv4;
    case 'onlyIPv4':
      return ipv4;
    case 'onlyIPv6':
      return ipv6;
    case 'any':
      return addresses;
  }
}
