import { UserError } from '../errors.ts';
import { expectMembers, expectObject } from '../expect-members.ts';
import { kindOfValue, shownName } from '../shown.ts';
import { CONTENT_KINDS, type Form, isFile } from './content.ts';

/**
 * That what a request sends can be sent. Values may be secrets, and are never shown.
 * @param what whose content it is: `Endpoint "orders"`
 * @throws UserError that names the member
 */
export function expectContent(what: string, sent: Readonly<Record<string, unknown>>): void {
  const given = CONTENT_KINDS.filter((kind) => sent[kind] !== undefined);
  if (given.length > 1) {
    throw new UserError({
      what: `${what} has more than one body.`,
      received: given.join(' and '),
      expected: `one of ${CONTENT_KINDS.join(', ')}`,
    });
  }
  const { query, form, json, body } = sent;
  if (query !== undefined) expectPairs(`The query of ${what}`, query, isListed);
  if (form !== undefined) {
    expectPairs(`The form of ${what}`, form, (value) => isListed(value) || isFormFile(what, value));
    expectParts(what, Object.entries(form as object));
  }
  if (json !== undefined && !isJson(json)) {
    throw new UserError({
      what: `The json of ${what} cannot be sent.`,
      received: kindOfValue(json),
      expected: 'what JSON.stringify can write: an object, a list, a text, a number, true, false or null',
    });
  }
  if (body === undefined || typeof body === 'string' || body instanceof ArrayBuffer) return;
  throw new UserError({
    what: `The body of ${what} is neither a text nor bytes.`,
    received: kindOfValue(body),
    expected: "a text, or what open(path, 'b') returns; an object goes into json or form",
  });
}

function expectPairs(what: string, pairs: unknown, isSent: (value: unknown) => boolean): void {
  expectObject(what, pairs);
  const wrong = Object.entries(pairs).find(([, value]) => !isSent(value));
  if (wrong === undefined) return;
  throw new UserError({
    what: `${what} has a value that cannot be sent.`,
    received: `${shownName(wrong[0])}: ${kindOfValue(wrong[1])}`,
    expected: 'a text, a finite number, true or false, or a list of such',
  });
}

/** In parts, a list has no form that servers agree on, and k6 sends it as one text. */
function expectParts(what: string, fields: readonly [string, Form[string]][]): void {
  const list = fields.find(([, field]) => Array.isArray(field));
  if (list === undefined || !fields.some(([, field]) => isFile(field))) return;
  throw new UserError({
    what: `The form of ${what} has a list beside a file.`,
    received: shownName(list[0]),
    expected: 'one value for each field of a form with files',
  });
}

function isListed(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) ? value.every(isValue) : isValue(value));
}

function isValue(value: unknown): boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

function isFormFile(what: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  expectMembers(`A file in the form of ${what}`, value, ['name', 'data', 'type']);
  const { name, data, type = '' } = value;
  const isNamed = typeof name === 'string' && name !== '' && typeof type === 'string';
  return isNamed && (typeof data === 'string' || data instanceof ArrayBuffer);
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
