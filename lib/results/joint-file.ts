import { isObject } from '../core/foreign/recognise.ts';
import { readText } from '../files/read-text.ts';
import { shownPath } from '../files/shown-path.ts';
import type { JointRecord } from '../report/model/joint-record.ts';
import { expectShape } from './expect-shape.ts';
import { parseJson } from './read-summary-file.ts';
import { expectKnownVersion } from './validate-summary.ts';

/** @throws UserError for a file that does not say which runs are the joint test */
export function readJointRecord(file: string): JointRecord {
  const json = parseJson(readText(file, { what: `${shownPath(file)} cannot be read.`, expected: EXPECTED }), file);
  if (isObject(json)) expectKnownVersion(json, shownPath(file), 1);
  return expectShape('joint', json, {
    what: `${shownPath(file)} does not name the runs of a joint test.`,
    expected: EXPECTED,
  });
}

const EXPECTED = 'testId, runId, suite, purpose, startedAt, endedAt, planned and runIds, as k6-verdict writes them';
