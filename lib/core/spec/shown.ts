// What may be said of what somebody gave us. A value can be a password in the wrong place, so a message names the
// variable, the flag or the member, and says of the value itself only what kind of text it is.

/** What kind of text a value is, for `received`: never a part of it. */
export function kindOfText(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  if (text === '') return 'an empty text';
  if (text.trim() === '') return 'a blank text';
  if (/[\r\n]/.test(text)) return 'a text of several lines';
  if (/^[+-]?0+(\.0*)?$/.test(text)) return 'zero';
  if (/^-\d+(\.\d+)?$/.test(text)) return 'a number below zero';
  if (/^\d+$/.test(text)) return 'a whole number';
  if (/^\d*\.\d+$/.test(text)) return 'a number with decimals';
  if (/^[+-]?[\d.]+\s*[a-zµ%]+$/i.test(text)) return 'a number with letters behind it';
  if (/^[a-z][a-z+.-]*:\/\//i.test(text)) return 'a URL';
  return 'a text';
}

/** The same for a value of any type, such as one in a JSON file. */
export function kindOfValue(value: unknown): string {
  if (typeof value === 'string') return kindOfText(value);
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isFinite(value) ? kindOfText(String(value)) : 'no finite number';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * A name by which people look something up: a scenario, a run, a file. Those are shown, without what a URL, a header or
 * an assignment among them would hold.
 */
export function shownName(name: string): string {
  const shown = withoutCredentials(name).replace(/([?#=]|\bBearer |\bBasic )[^/]*/g, '$1***');
  return JSON.stringify(shown.length <= LONGEST_NAME ? shown : `${shown.slice(0, LONGEST_NAME)}...`);
}

const LONGEST_NAME = 120;

/** A text in which URLs can stand, without their credentials. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\/\/)[^/\s@"'<>]*(?:@[^/\s@"'<>]*)*@/g, '$1***@');
}

/**
 * What a program said, without what a command line may hold as secrets: values that it assigns, credentials of URLs,
 * words that look drawn by lot.
 */
export function withoutSecretsOf(command: string, said: string): string {
  return withoutAll(secretsIn(command), withoutCredentials(said));
}

/** A text without any of the secrets. */
export function withoutAll(secrets: readonly string[], text: string): string {
  return [...secrets]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** A shorter one would be found in half of all words. */
const SHORTEST_SECRET = 4;

/** What may be secret in a command line. */
export function secretsIn(command: string): string[] {
  const words = command.split(/[\s"'`;&|()<>]+/);
  const assigned = words.flatMap((word) => (word.includes('=') ? [word.slice(word.indexOf('=') + 1)] : []));
  const drawn = words.filter((word) => /^[\w+-]{8,}$/.test(word) && /\d/.test(word) && /[a-z]/i.test(word));
  return [...assigned, ...drawn, ...credentialsIn(command)].filter((secret) => secret !== '');
}

/** User, password and both, of every URL in a text. */
export function credentialsIn(text: string): string[] {
  return [...text.matchAll(/:\/\/([^/\s"'<>]*)@/g)].flatMap(([, pair = '']) => {
    const [user = '', ...password] = pair.split(':');
    return [pair, password.length === 0 ? user : password.join(':')];
  });
}
