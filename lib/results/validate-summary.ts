import type { HandMadeSummary } from '../core/foreign/hand-made.ts';
import { type RunSummary, SCHEMA_VERSION } from '../core/judge/run-summary.ts';
import type { Measured } from '../core/measure/measured.ts';
import { countRequests } from '../core/measure/outcome.ts';
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
  expectSums(summary, file);
  return summary;
}

/** @throws UserError that names what is wrong, and where */
export function validateHandMade(json: Json, file: string): HandMadeSummary {
  expectKnownVersion(json, file);
  const summary = expectShape<HandMadeSummary>('handMade', json, {
    what: `${file} is not whole.`,
    expected: 'a summary written by hand (hand-made.schema.json)',
  });
  expectSums(summary, file);
  return summary;
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
