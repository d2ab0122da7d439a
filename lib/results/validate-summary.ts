import type { HandMadeSummary } from '../core/foreign/hand-made.ts';
import { SCRIPT_SCHEMA_VERSION, type ScriptSummary } from '../core/foreign/script/script-run.ts';
import { contradictionsOf } from '../core/judge/contradictions/contradictions-of.ts';
import { contradictionsOfHandMade } from '../core/judge/contradictions/of-hand-made.ts';
import { contradictionsOfRecord } from '../core/judge/contradictions/recorded.ts';
import { type RunSummary, SCHEMA_VERSION } from '../core/judge/run-summary.ts';
import type { Contradiction } from '../core/measure/contradiction.ts';
import { UserError } from '../core/spec/errors.ts';
import { expectShape } from './expect-shape.ts';

type Json = Readonly<Record<string, unknown>>;

/** @throws UserError that names what is wrong, and where */
export function validateRunSummary(json: Json, file: string): RunSummary {
  expectKnownVersion(json, file);
  const summary = expectShape<RunSummary>('runSummary', json, {
    what: `${file} is not whole.`,
    expected: 'a summary that k6-verdict wrote (run-summary.schema.json)',
  });
  refuseContradictions(contradictionsOf(summary), file);
  return summary;
}

/**
 * A summary that is about to be written, as whoever reads it later will find it: the gate must not refuse what a run has passed.
 * @throws UserError that names what is wrong, and where
 */
export function expectWhole(summary: RunSummary, name: string): RunSummary {
  validateRunSummary(JSON.parse(JSON.stringify(summary)), name);
  return summary;
}

/** @throws UserError that names what is wrong, and where */
export function validateHandMade(json: Json, file: string): HandMadeSummary {
  expectKnownVersion(json, file);
  const summary = expectShape<HandMadeSummary>('handMade', json, {
    what: `${file} is not whole.`,
    expected: 'a summary written by hand (hand-made.schema.json)',
  });
  refuseContradictions(contradictionsOfHandMade(summary), file);
  return summary;
}

/** @throws UserError that names what is wrong, and where */
export function validateScriptSummary(json: Json, file: string): ScriptSummary {
  expectKnownVersion(json, file, SCRIPT_SCHEMA_VERSION);
  const summary = expectShape<ScriptSummary>('scriptSummary', json, {
    what: `${file} is not whole.`,
    expected: 'a summary that k6-verdict wrote of a script (script-summary.schema.json)',
  });
  refuseContradictions([...contradictionsOfHandMade(summary), ...contradictionsOfRecord(summary)], file);
  return summary;
}

/**
 * A summary of a script that is about to be written, as whoever reads it later will find it.
 * @throws UserError that names what is wrong, and where
 */
export function expectWholeScript(summary: ScriptSummary, name: string): ScriptSummary {
  return validateScriptSummary(JSON.parse(JSON.stringify(summary)), name);
}

/** @throws UserError for a file of ours whose version is above the `newest` that is known */
export function expectKnownVersion({ schemaVersion }: Json, file: string, newest: number = SCHEMA_VERSION): void {
  if (typeof schemaVersion !== 'number' || schemaVersion <= newest) return;
  throw new UserError({
    what: `${file} was written by a newer k6-verdict.`,
    received: `schemaVersion ${schemaVersion}`,
    expected: `at most ${newest}`,
    todo: 'update k6-verdict, and try again',
  });
}

const MOST_CONTRADICTIONS = 3;

/** @throws UserError that names the members, what they are, and what the others say that they must be */
function refuseContradictions(contradictions: readonly Contradiction[], file: string): void {
  if (contradictions.length === 0) return;
  const shown = contradictions.slice(0, MOST_CONTRADICTIONS);
  const more = contradictions.length - shown.length;
  const andMore = more > 0 ? [`and ${more} more`] : [];
  throw new UserError({
    what: `The figures of ${file} contradict each other.`,
    received: [...shown.map(({ member, received }) => `${member} is ${received}`), ...andMore].join('; '),
    expected: shown.map(({ member, expected }) => `${member} is ${expected}`).join('; '),
    todo: 'take the file as k6-verdict wrote it, or run the test again',
  });
}
