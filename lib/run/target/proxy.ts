import net from 'node:net';
import { type BaseUrl, parseBaseUrl } from '../../core/spec/base-url.ts';
import { isLoopback, withoutBrackets } from '../../core/spec/host.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which k6 sends requests to a target, without credentials: that of HTTP_PROXY or HTTPS_PROXY, unless
 * NO_PROXY names the target or it is this machine. The rules are those of Go, which k6 follows
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy).
 * @returns undefined without a proxy, and for one that Go cannot read either
 */
export function proxyFor(target: BaseUrl, environment: Environment): BaseUrl | undefined {
  const named = target.protocol === 'https' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  const proxy = firstSet(environment, ...named);
  if (proxy === undefined || isLoopback(target.host)) return undefined;
  const exceptions = (firstSet(environment, 'NO_PROXY', 'no_proxy') ?? '').split(',');
  if (exceptions.some((exception) => covers(exception.trim().toLowerCase(), target))) return undefined;
  return read(proxy) ?? read(`http://${proxy}`);
}

function firstSet(environment: Environment, ...names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
}

/** A path behind its address means nothing to a proxy. */
function read(proxy: string): BaseUrl | undefined {
  try {
    return parseBaseUrl(proxy, 'the proxy');
  } catch {
    return undefined;
  }
}

function covers(exception: string, { host, port }: BaseUrl): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const address = withoutBrackets(host);
  if (exception.includes('/')) return isInNetwork(address, exception);
  const [, name = '', ofPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (ofPort !== undefined && Number(ofPort) !== port) return false;
  const bare = withoutBrackets(name).replace(/^\*\./, '.');
  if (bare === '') return false;
  if (net.isIP(bare) !== 0) return bare === address;
  return bare.startsWith('.') ? address.endsWith(bare) : address === bare || address.endsWith(`.${bare}`);
}

function isInNetwork(address: string, network: string): boolean {
  const [base = '', length = ''] = network.split('/');
  const family = net.isIP(base);
  if (family === 0 || net.isIP(address) !== family || !/^\d+$/.test(length)) return false;
  const list = new net.BlockList();
  try {
    list.addSubnet(base, Number(length), family === 4 ? 'ipv4' : 'ipv6');
  } catch {
    return false;
  }
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
