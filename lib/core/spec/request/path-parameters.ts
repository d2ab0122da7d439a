import { didYouMean } from '../closest.ts';
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

const PARAMETER = /\{([A-Za-z_]\w*)\}/;

/** A path with parameters, taken apart once: it is filled with every request. */
export class PathTemplate {
  /** In their order. */
  readonly names: readonly string[];
  private readonly what: string;
  /** What stands before, between and after the parameters. */
  readonly texts: readonly string[];

  /** @param what whose path it is: `endpoint "get-order"` */
  constructor(what: string, path: string) {
    // The parts between the matches, and what each match caught, in turn.
    const parts = path.split(PARAMETER);
    this.what = what;
    this.texts = parts.filter((_, i) => i % 2 === 0);
    this.names = parts.filter((_, i) => i % 2 === 1);
  }

  /**
   * The path with its values, each percent-encoded as one segment (RFC 3986 §3.3): a slash in a value is no slash of
   * the path.
   * @throws UserError for a value that is missing, misnamed, empty, or would be another path (`.` and `..`)
   */
  fill(values: Readonly<Record<string, unknown>> = {}): string {
    const { names, texts } = this;
    let path = texts[0] as string;
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i] as string;
      path += `${segment(values[name]) ?? this.refuse(name, values)}${texts[i + 1]}`;
    }
    return path;
  }

  private refuse(name: string, values: Readonly<Record<string, unknown>>): never {
    const { what, names } = this;
    const unknown = Object.keys(values).find((each) => !names.includes(each));
    throw unknown === undefined ? missingValue(what, name, values[name]) : unknownParameter(what, unknown, names);
  }
}

/** @returns undefined for what is no segment of a path */
function segment(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value === '.' || value === '..' ? undefined : encodeText(value);
  return Number.isFinite(value) || typeof value === 'boolean' ? String(value) : undefined;
}

function missingValue(what: string, name: string, value: unknown): UserError {
  return new UserError({
    what: `The path of ${what} lacks a value for {${name}}.`,
    received:
      value === ''
        ? 'an empty text'
        : typeof value === 'string'
          ? `"${value}", which is another path`
          : kindOfValue(value),
    expected: 'a text that is not empty, or a finite number',
  });
}

function unknownParameter(what: string, name: string, names: readonly string[]): UserError {
  return new UserError({
    what: `The path of ${what} has no parameter ${shownName(name)}.`,
    received: shownName(name),
    expected: names.length === 0 ? 'no path values: the path has no parameter' : names.join(', '),
    ...present({ todo: didYouMean(name, names) }),
  });
}
