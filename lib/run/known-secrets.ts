import { parseEnv } from 'node:util';
import { credentialsIn } from '../core/spec/shown.ts';
import { readText } from '../files/read-text.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Words in the name of a variable or a flag whose value is not for everybody's eyes. */
const SECRET_NAME =
  /(^|[_-])(token|secret|password|passwd|passphrase|pass|key|apikey|auth|authorization|credentials?|cookie|session)([_-]|$)/i;

/** Shorter ones, and numbers, would be found in what is none of theirs. */
const SHORTEST = 6;

/**
 * What the call of the tool holds of secrets, as far as their names tell: values of such variables and flags, and
 * credentials in URLs. Our messages repeat no values; this is for words of others that we pass on: of a scenario that
 * throws, of a service that does not start, of k6.
 */
export function knownSecrets(args: readonly string[], environment: Environment): string[] {
  const variables = [...Object.entries(environment), ...args.flatMap((_, i) => variablesOfFile(args, i))].flatMap(
    ([name, value = '']) => [...(SECRET_NAME.test(name) ? [value] : []), ...credentialsIn(value)],
  );
  const found = [...variables, ...args.flatMap(credentialsIn), ...assignedIn(args)];
  return secretsAmong(found.filter((value) => !ORIGIN.test(value)));
}

/** AUTH_URL has the name of a secret, and says where a server is. */
const ORIGIN = /^https?:\/\/[\w.:[\]-]+\/?$/i;

function secretsAmong(values: readonly string[]): string[] {
  const secrets = values.filter((value) => value.length >= SHORTEST && !/^([\d.]+|\/.*)$/s.test(value));
  return [...new Set(secrets.flatMap(asSent))];
}

/** What a file of `--env-file` holds; nothing where it cannot be read, which whoever needs it will say. */
function variablesOfFile(args: readonly string[], i: number): [name: string, value: string | undefined][] {
  const [, sameWord] = /^--env-file(?:=(.*))?$/s.exec(args[i] ?? '') ?? [undefined, undefined];
  const file = args[i] === '--env-file' ? args[i + 1] : sameWord;
  if (file === undefined) return [];
  try {
    return Object.entries(parseEnv(readText(file, { what: '', expected: '', mostBytes: 1024 * 1024 })));
  } catch {
    return [];
  }
}

/** `user:password` is also what a header has of it, a URL encodes it, and a log escapes it: twice where it stood in JSON. */
function asSent(secret: string): string[] {
  const header = secret.includes(':') ? [Buffer.from(secret).toString('base64')] : [];
  const logged = escaped(secret);
  return [secret, ...header, encodeURIComponent(secret), logged, escaped(logged)];
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** `-e API_KEY=x`, `--password x`, and both inside the command line of a service. */
function assignedIn(args: readonly string[]): string[] {
  const words = args
    .map((argument) => argument.replace(/^(--env=|-e=?)/, ''))
    .flatMap((argument) => [argument, ...argument.split(/[\s"';&|()]+/)]);
  return words.flatMap((word, i) => {
    const [, name = '', value] = /^-*([A-Za-z_][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (!SECRET_NAME.test(name)) return [];
    return value ?? (word.startsWith('-') ? (words[i + 1] ?? []) : []);
  });
}

const met = new Set<string>();

/**
 * Variables that are read on the way: what they hold of secrets is hidden from now on, wherever this process says it.
 * @param named those of them that are secret whatever their names
 */
export function meetSecrets(variables: Environment, named: readonly string[] = []): void {
  const values = named.map((name) => variables[name] ?? '');
  for (const secret of [...knownSecrets([], variables), ...secretsAmong(values)]) met.add(secret);
}

/** The text with every secret in it as `***`. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return [...new Set([...secrets, ...met])]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
