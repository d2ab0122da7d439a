import { UserError } from 'k6-verdict';
import { type ServedId, servedEndpoints } from '../endpoints/served.ts';
import type { ReadFlag } from './flag.ts';

/** A flag given as `20` for every endpoint, as `system-info=50` for one, or as both: the more particular one wins. */
export interface PerEndpoint<Value> {
  readonly everywhere?: Value;
  readonly byEndpoint: ReadonlyMap<ServedId, Value>;
}

export function valueFor<Value>(flag: PerEndpoint<Value> | undefined, id: ServedId): Value | undefined {
  return flag?.byEndpoint.get(id) ?? flag?.everywhere;
}

export function perEndpoint<Value>(read: ReadFlag<Value>): ReadFlag<PerEndpoint<Value>> {
  return (text, flag, earlier = { byEndpoint: new Map() }) => {
    const equals = text.indexOf('=');
    if (equals < 0) return { ...earlier, everywhere: read(text, flag) };
    const id = endpointId(text.slice(0, equals), flag);
    return { ...earlier, byEndpoint: new Map([...earlier.byEndpoint, [id, read(text.slice(equals + 1), flag)]]) };
  };
}

/** Each time that the flag is given adds one. */
export function several<Value>(read: ReadFlag<Value>): ReadFlag<ReadonlySet<Value>> {
  return (text, flag, earlier = new Set()) => new Set([...earlier, read(text, flag)]);
}

/** @param otherwise what any other text names, such as "a profile that does not exist" */
export function oneOf<Name extends string>(names: readonly Name[], otherwise: string): ReadFlag<Name> {
  return (text, flag) => {
    const known = names.find((name) => name === text);
    if (known !== undefined) return known;
    throw new UserError({
      what: `${flag} names ${otherwise}.`,
      expected: names.length === 2 ? names.join(' or ') : `one of ${names.join(', ')}`,
    });
  };
}

export const endpointId = oneOf<ServedId>(
  servedEndpoints.map(({ id }) => id),
  'an endpoint that does not exist',
);

export function numberIn(expected: string, holds: (value: number) => boolean): ReadFlag<number> {
  return (text, flag) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (holds(value)) return value;
    throw new UserError({ what: `The value of ${flag} is impossible.`, expected });
  };
}

export function isWhole(least: number, most: number): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= least && value <= most;
}
