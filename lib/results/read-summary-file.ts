import { createHash } from 'node:crypto';
import path from 'node:path';
import { readHandMade } from '../core/foreign/hand-made.ts';
import { type FileIdentity, readK6Summary } from '../core/foreign/read-k6-summary.ts';
import { isObject, isUnjudged, recognise } from '../core/foreign/recognise.ts';
import { readScriptSummary } from '../core/foreign/script/script-run.ts';
import { asStored, type StoredRun } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { kindOfValue, shownName } from '../core/spec/shown.ts';
import { faultOf } from '../files/read-json.ts';
import { readBytes } from '../files/read-text.ts';
import { shownPath } from '../files/shown-path.ts';
import { decodeText } from './decode-text.ts';
import { findRepeatedMember } from './repeated-member.ts';
import { validateHandMade, validateRunSummary, validateScriptSummary } from './validate-summary.ts';

/**
 * Reads the run that a file tells of, whichever of the known shapes it has.
 * @throws UserError when it cannot be read, is no JSON, or is none of them
 */
export function readSummaryFile(file: string): StoredRun {
  const text = readSummaryText(file);
  const json = objectIn(text, file);
  const source = recognise(json);
  if (source === undefined) throw unknownShape(json, file);
  if (source === 'k6-verdict') return asStored(validateRunSummary(json, shownPath(file)));
  if (source === 'hand-made') return readHandMade(validateHandMade(json, shownPath(file)));
  if (source === 'script') return readScriptSummary(validateScriptSummary(json, shownPath(file)));
  return readK6Summary(source, json, identityOf(file, text));
}

/** The object in a summary, whatever it is. @throws UserError when it cannot be read, or is none */
export function readSummaryJson(file: string): Readonly<Record<string, unknown>> {
  return objectIn(readSummaryText(file), file);
}

function objectIn(text: string, file: string): Readonly<Record<string, unknown>> {
  const json = parseJson(text, file);
  refuseRepeated(text, file);
  if (!isObject(json)) throw unknownShape(json, file);
  return json;
}

/** Of the hash of a file, which is the end of the run id of its run. */
export const CONTENT_HASH_LENGTH = 8;

/** k6's own files do not name their run. */
function identityOf(file: string, text: string): FileIdentity {
  const name = path.basename(file, '.json').replace(/[^\w.-]+/g, '-');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, CONTENT_HASH_LENGTH);
  return { name, runId: `${name}-${hash}` };
}

/** Far more than any summary has; k6's raw output, which is easily taken for one, soon is larger. */
function readSummaryText(file: string): string {
  return decodeText(readBytes(file, { what: `${shownPath(file)} cannot be read.`, expected: EXPECTED }));
}

const EXPECTED =
  'summary.json of k6-verdict, data of k6\'s handleSummary, a file of --summary-export or of --new-machine-readable-summary, or a summary written by hand ("source": "hand-made")';

/** @throws UserError that says how the file differs from JSON */
export function parseJson(text: string, file: string): unknown {
  if (text.trim() === '') {
    throw new UserError({
      what: `${shownPath(file)} is empty.`,
      expected: EXPECTED,
      todo: 'whatever was to write it ended before it did: run the test again',
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (isRawOutput(text)) {
      throw new UserError({
        what: `${shownPath(file)} is k6's raw output (--out json), not a summary.`,
        received: 'one measured point per line',
        expected: EXPECTED,
      });
    }
    const isCut = /^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text);
    throw new UserError({
      what: isCut ? `${shownPath(file)} is cut off: it ends in the middle.` : `${shownPath(file)} is not JSON.`,
      received: faultOf(error),
      expected: EXPECTED,
    });
  }
}

/** Of two figures for one thing, only one would be read. */
function refuseRepeated(text: string, file: string): void {
  const name = findRepeatedMember(text);
  if (name === undefined) return;
  throw new UserError({
    what: `${shownPath(file)} says one thing twice.`,
    received: `two members ${shownName(name)} in one object`,
    expected: 'each member of an object once, as k6 and k6-verdict write it',
  });
}

function isRawOutput(text: string): boolean {
  return /^\s*\{[^\n]*"type":\s*"(Metric|Point)"/.test(text);
}

const MOST_KEYS = 12;

function unknownShape(json: unknown, file: string): UserError {
  if (isUnjudged(json)) {
    return new UserError({
      what: `${shownPath(file)} holds what a scenario of k6-verdict measured, and nothing of it has been judged.`,
      received:
        'the figures that the scenario leaves for k6-verdict, as k6 writes them when it runs the bundle by itself',
      expected: EXPECTED,
      todo: 'run the scenario with k6-verdict run: it starts k6, judges these figures and writes summary.json',
    });
  }
  return new UserError({
    what: `${shownPath(file)} is not a summary of a run.`,
    received: describe(json),
    expected: EXPECTED,
    ...(isReport(json) ? { todo: 'it is a report: name the summary.json beside it, or their folder' } : {}),
  });
}

function describe(json: unknown): string {
  if (!isObject(json)) return Array.isArray(json) ? 'a list' : kindOfValue(json);
  const keys = Object.keys(json);
  if (keys.length === 0) return 'an object without members';
  const more = keys.length > MOST_KEYS ? `, and ${keys.length - MOST_KEYS} more` : '';
  return `an object with ${keys
    .slice(0, MOST_KEYS)
    .map((key) => shownName(key.slice(0, 40)))
    .join(', ')}${more}`;
}

function isReport(json: unknown): boolean {
  return isObject(json) && 'headline' in json && 'verdict' in json;
}
