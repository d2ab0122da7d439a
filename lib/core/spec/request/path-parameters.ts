import { closest } from '../closest.ts';
import { UserError } from '../errors.ts';
import { present } from '../present.ts';
import { kindOfValue, shownName } from '../shown.ts';
import { encodeText, type Value } from './query.ts';

/** The names in a path template: `'id' | 'item'` of `/orders/{id}/items/{item}`; none of a path without braces. */
export type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** A value for each parameter of a path. */
export type PathValues<Path extends string = string> = Readonly<Record<ParameterOf<Path>, Value>>;

const PARAMETER = /\{([A-Za-z_]\w*)\}/g;

/** The names of the parameters of a path, in their order. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(PARAMETER)].map(([, name = '']) => name);
}

/**
 * The path with its values, each percent-encoded as one segment (RFC 3986 §3.3): a slash in a value is no slash of the
 * path.
 * @param what whose path it is: `endpoint "get-order"`
 * @throws UserError for a value that is missing, unknown, empty, or would be another path (`.` and `..`)
 */
export function fillPath(what: string, path: string, values: Readonly<Record<string, unknown>> = {}): string {
  const names = parametersOf(path);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownParameter(what, unknown, names);
  return path.replace(PARAMETER, (_, name: string) => segment(what, name, values[name]));
}

function segment(what: string, name: string, value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) ? String(value) : '';
  if (text !== '' && text !== '.' && text !== '..') return encodeText(text);
  throw new UserError({
    what: `The path of ${what} lacks a value for {${name}}.`,
    received: text === '' ? (value === '' ? 'an empty text' : kindOfValue(value)) : `"${text}", which is another path`,
    expected: 'a text that is not empty, or a finite number',
  });
}

function unknownParameter(what: string, name: string, names: readonly string[]): UserError {
  const meant = closest(name, names);
  return new UserError({
    what: `The path of ${what} has no parameter ${shownName(name)}.`,
    received: shownName(name),
    expected: names.length === 0 ? 'no path values: the path has no parameter' : names.join(', '),
    ...present({ todo: meant && `did you mean "${meant}"?` }),
  });
}
