import type { Questions } from './question.ts';
import { QUESTIONS } from './table.ts';

/**
 * Definitions for the `$defs` of a JSON Schema: `study`, which is the answer of any question, and all that it refers to.
 */
export function answerSchemas(questions: Questions = QUESTIONS): Readonly<Record<string, object>> {
  return {
    study: { oneOf: questions.map(({ kind }) => ({ $ref: `#/$defs/${nameOf(kind)}` })) },
    ...Object.assign({}, ...questions.map(partOf)),
  };
}

/** The answer of a question under its name, beside the definitions that it refers to. */
function partOf({ kind, schema }: Questions[number]): Readonly<Record<string, unknown>> {
  const { $defs = {}, ...answer } = schema as { readonly $defs?: Readonly<Record<string, unknown>> };
  return { ...$defs, [nameOf(kind)]: answer };
}

function nameOf(kind: string): string {
  return `answer-${kind}`;
}
