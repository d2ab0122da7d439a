import { Option } from 'commander';
import { UserError } from 'k6-verdict';
import { type EndpointId, endpoints } from '../endpoints/index.ts';

/** A flag given as `20` for every endpoint, as `system-info=50` for one, or as both: the more particular one wins. */
export interface PerEndpoint<Value> {
  readonly everywhere?: Value;
  readonly byEndpoint: ReadonlyMap<EndpointId, Value>;
}

export function valueFor<Value>(flag: PerEndpoint<Value> | undefined, id: EndpointId): Value | undefined {
  return flag?.byEndpoint.get(id) ?? flag?.everywhere;
}

type ReadValue<Value> = (text: string, flag: string) => Value;

/** commander hands each value to a parser that knows neither its flag nor, when it fails, how we report mistakes. */
export function option<Value>(
  flags: string,
  description: string,
  read?: (text: string, flag: string, earlier: Value | undefined) => Value,
): Option {
  const made = new Option(flags, description);
  const name = flags.split(' ', 1)[0] ?? flags;
  return read === undefined ? made : made.argParser((text, earlier: Value | undefined) => read(text, name, earlier));
}

export function perEndpoint<Value>(flags: string, description: string, read: ReadValue<Value>): Option {
  return option<PerEndpoint<Value>>(flags, description, (text, flag, earlier = { byEndpoint: new Map() }) => {
    const equals = text.indexOf('=');
    if (equals < 0) return { ...earlier, everywhere: read(text, flag) };
    const id = readId(text.slice(0, equals), flag);
    return { ...earlier, byEndpoint: new Map([...earlier.byEndpoint, [id, read(text.slice(equals + 1), flag)]]) };
  });
}

export function collectIds(
  text: string,
  flag: string,
  earlier: ReadonlySet<EndpointId> = new Set(),
): ReadonlySet<EndpointId> {
  return new Set([...earlier, readId(text, flag)]);
}

function readId(text: string, flag: string): EndpointId {
  const endpoint = endpoints.find(({ id }) => id === text);
  if (endpoint !== undefined) return endpoint.id;
  throw new UserError({
    what: `${flag} names an endpoint that does not exist.`,
    received: JSON.stringify(text),
    expected: `one of ${endpoints.map(({ id }) => id).join(', ')}`,
  });
}

export function numberIn(expected: string, holds: (value: number) => boolean): ReadValue<number> {
  return (text, flag) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (holds(value)) return value;
    throw new UserError({ what: `The value of ${flag} is impossible.`, received: JSON.stringify(text), expected });
  };
}

export function isWhole(least: number, most: number): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= least && value <= most;
}
