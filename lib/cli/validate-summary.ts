import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { UserError } from '../core/errors.ts';
import handMadeSchema from '../core/k6-shapes/hand-made.schema.json' with { type: 'json' };
import type { HandMadeSummary } from '../core/k6-shapes/hand-made.ts';
import type { Measured } from '../core/measured.ts';
import { countRequests } from '../core/outcome.ts';
import runSummarySchema from '../core/run-summary.schema.json' with { type: 'json' };
import { type RunSummary, SCHEMA_VERSION } from '../core/run-summary.ts';

type Json = Readonly<Record<string, unknown>>;

/** @throws UserError that names what is wrong, and where */
export function validateRunSummary(json: Json, file: string): RunSummary {
  expectKnownVersion(json, file);
  expectValid(validators().runSummary, json, file, 'a summary that k6-verdict wrote (run-summary.schema.json)');
  const summary = json as unknown as RunSummary;
  expectSums(summary, file);
  return summary;
}

/** @throws UserError that names what is wrong, and where */
export function validateHandMade(json: Json, file: string): HandMadeSummary {
  expectKnownVersion(json, file);
  expectValid(validators().handMade, json, file, 'a summary written by hand (hand-made.schema.json)');
  const summary = json as unknown as HandMadeSummary;
  expectSums(summary, file);
  return summary;
}

interface Validators {
  readonly runSummary: ValidateFunction;
  readonly handMade: ValidateFunction;
}

let compiled: Validators | undefined;

/** Compiling takes a while, and most commands read no summary. */
function validators(): Validators {
  if (compiled === undefined) {
    const ajv = new Ajv2020({ allErrors: true });
    formats.default(ajv);
    const runSummary = ajv.compile(runSummarySchema);
    compiled = { runSummary, handMade: ajv.compile(handMadeSchema) };
  }
  return compiled;
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

const MOST_ERRORS = 5;

function expectValid(validate: ValidateFunction, json: Json, file: string, expected: string): void {
  if (validate(json)) return;
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(describeError);
  const more = errors.length > MOST_ERRORS ? `; and ${errors.length - MOST_ERRORS} more` : '';
  throw new UserError({
    what: `${file} is not whole.`,
    received: `${errors.slice(0, MOST_ERRORS).join('; ')}${more}`,
    expected,
  });
}

/** `totals.requests must be >= 0` */
function describeError({ instancePath, message = 'is wrong', keyword, params }: ErrorObject): string {
  const where = instancePath.slice(1).replaceAll('/', '.');
  const extra = keyword === 'additionalProperties' ? ` (${JSON.stringify(params.additionalProperty)})` : '';
  return `${where === '' ? 'it' : where} ${message}${extra}`;
}

/** Every request has exactly one outcome. */
function expectSums(
  {
    totals,
    endpoints,
  }: Pick<RunSummary, 'totals'> & { readonly endpoints: readonly (Measured & { readonly id: string })[] },
  file: string,
): void {
  const parts: readonly (readonly [where: string, measured: Measured])[] = [
    ['all requests', totals],
    ...endpoints.map((endpoint) => [`endpoint "${endpoint.id}"`, endpoint] as const),
  ];
  for (const [where, { requests, outcomes }] of parts) {
    if (countRequests(outcomes) === requests) continue;
    throw new UserError({
      what: `The figures of ${file} contradict each other.`,
      received: `${where}: ${requests} requests, but ${countRequests(outcomes)} outcomes`,
      expected: 'one outcome for each request',
    });
  }
}
