import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseBaseUrl } from '../../core/spec/base-url.ts';
import { didYouMean } from '../../core/spec/closest.ts';
import { UserError } from '../../core/spec/errors.ts';
import { present } from '../../core/spec/present.ts';
import { expectServerName, variableOfServer } from '../../core/spec/server.ts';
import { expectShape } from '../../results/expect-shape.ts';
import { readOwnConfig } from '../../results/project.ts';
import { over, readEnvFile } from '../setting-sources.ts';

/** Where a project is tested, under a name. */
export interface DeclaredEnvironment {
  /** What is told where nothing else says it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Those of them that say where load goes. */
  readonly urls: readonly string[];
  readonly allowedHosts: readonly string[];
}

/**
 * What package.json says under `"k6-verdict": { "environments": { "staging": { "baseUrl": ..., "servers": { "auth": ... },
 * "allowHosts": [...], "envFile": ".env.staging" } } }`. Its `envFile` beats its URLs.
 * @throws UserError for a name that it does not have, which lists those that it has, and for what cannot be meant
 */
export function readEnvironment(root: string, name: string): DeclaredEnvironment {
  const file = path.join(root, 'package.json');
  const { environments = {} } = existsSync(file) ? readOwnConfig(file) : {};
  const all = expectShape<Declarations>('environments', environments, notOne(file));
  const declared = Object.hasOwn(all, name) ? all[name] : undefined;
  if (declared === undefined) throw notThere(name, Object.keys(all));
  const urls = urlsOf(name, declared);
  const { allowHosts = [], envFile } = declared;
  const fromFile = readEnvFile(envFile && path.resolve(root, envFile), `envFile of ${named(name)}`);
  return { variables: over(urls, fromFile), urls: Object.keys(urls), allowedHosts: allowHosts };
}

type Declarations = Readonly<Record<string, Declaration>>;

interface Declaration {
  readonly baseUrl?: string;
  /** By the names that endpoints have for them. */
  readonly servers?: Readonly<Record<string, string>>;
  readonly allowHosts?: readonly string[];
  /** From the folder of package.json. */
  readonly envFile?: string;
}

function notOne(file: string) {
  return {
    what: `"k6-verdict".environments in ${file} does not say where to test.`,
    expected:
      '{ "staging": { "baseUrl": "https://staging.example.com", "servers": { "auth": "https://..." }, "allowHosts": ["staging.example.com"], "envFile": ".env.staging" } }, of which each may be left out',
    name: 'environments',
  };
}

/** What stands behind a flag can be a secret in the wrong place. */
function notThere(name: string, names: readonly string[]): UserError {
  return new UserError({
    what: 'There is no such environment.',
    received: `--environment, which names none ${names.length > 0 ? 'of them' : '(there are none)'}`,
    expected:
      names.length > 0 ? `one of: ${names.join(', ')}` : '"k6-verdict": { "environments": { ... } } in package.json',
    ...present({ todo: didYouMean(name, names) }),
  });
}

function named(name: string): string {
  return `environment "${name}"`;
}

/** As variables. */
function urlsOf(environment: string, { baseUrl, servers = {} }: Declaration): Record<string, string> {
  const urls: Record<string, string> = {};
  const add = (variable: string, url: string, what: string) => {
    if (parseBaseUrl(url, what).credentials !== undefined) throw wouldBeCommitted(what, variable);
    urls[variable] = url;
  };
  if (baseUrl !== undefined) add('BASE_URL', baseUrl, `The baseUrl of ${named(environment)}`);
  for (const [name, url] of Object.entries(servers)) {
    expectServerName(named(environment), name);
    add(variableOfServer(name), url, `The URL of server "${name}" of ${named(environment)}`);
  }
  return urls;
}

function wouldBeCommitted(what: string, variable: string): UserError {
  return new UserError({
    what: `${what} has credentials: whoever reads package.json would have them.`,
    received: 'a URL with a user or a password',
    expected: 'a URL without',
    todo: `say ${variable} with its credentials in the envFile of the environment, which git ignores`,
  });
}
