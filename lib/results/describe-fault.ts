import type { ErrorObject } from 'ajv/dist/2020.js';
import { kindOfValue } from '../core/spec/shown.ts';

/**
 * What a schema has against a value, as a sentence that names the member: `runs[2].plan is missing`,
 * `rows[0].effect must be above 0, not -1`.
 * @param name what the value itself is called; what is in a file has no name
 */
export function describeFault(error: ErrorObject, name = ''): string {
  const { keyword, params, instancePath, message = 'is wrong' } = error;
  const place = placeOf(instancePath, name);
  switch (keyword) {
    case 'required':
      return `${memberOf(place, params.missingProperty)} is missing`;
    case 'dependentRequired':
      return `${memberOf(place, params.missingProperty)} is missing, without which ${params.property} means nothing`;
    case 'additionalProperties':
      return `${memberOf(place, params.additionalProperty)} is not known`;
    case 'unevaluatedProperties':
      return `${memberOf(place, params.unevaluatedProperty)} is not known`;
    case 'minItems':
    case 'minLength':
      return `${place || 'it'} ${params.limit === 1 ? 'must not be empty' : message}`;
    default: {
      const demand = demandOf(error);
      return `${place || 'it'} ${demand === undefined ? message : `must be ${demand}${instead(error)}`}`;
    }
  }
}

/** What a single value must be; undefined where it is a matter of how many there are, or of several members. */
function demandOf({ keyword, params, parentSchema }: ErrorObject): string | undefined {
  switch (keyword) {
    case 'type':
      return [params.type].flat().map(kindOf).join(' or ');
    case 'const':
      return JSON.stringify(params.allowedValue);
    case 'enum':
      return `one of ${params.allowedValues.map((value: unknown) => JSON.stringify(value)).join(', ')}`;
    case 'pattern':
      return parentSchema?.title ?? `text that fits ${params.pattern}`;
    case 'format':
      return EXAMPLES[params.format] ?? `a ${params.format}`;
    case 'minimum':
      return `at least ${params.limit}`;
    case 'maximum':
      return `at most ${params.limit}`;
    case 'exclusiveMinimum':
      return `above ${params.limit}`;
    case 'exclusiveMaximum':
      return `below ${params.limit}`;
    default:
      return undefined;
  }
}

const EXAMPLES: Readonly<Record<string, string>> = {
  date: 'a day such as "2026-12-31"',
  'date-time': 'a time such as "2026-11-24T19:00:00Z"',
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const kindOf = (type: string) => KINDS[type] ?? type;

/** `/runs/2/plan` as a person writes it: `runs[2].plan`. */
function placeOf(instancePath: string, name: string): string {
  const steps = instancePath.split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((place, step) => memberOf(place, step), name);
}

function memberOf(place: string, step: string): string {
  if (/^\d+$/.test(step)) return `${place}[${step}]`;
  return place === '' ? step : `${place}.${step}`;
}

/** What it is instead. Numbers are figures; a text may be a secret in the wrong place, and only its kind is told. */
function instead({ keyword, data }: ErrorObject): string {
  const kind = typeof data === 'number' ? String(data) : kindOfValue(data);
  return kind === 'a text' && keyword !== 'type' ? ', not another text' : `, not ${kind}`;
}
