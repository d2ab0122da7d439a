import { answerSchemas } from '../questions/answer-schemas.ts';
import type { Questions } from '../questions/question.ts';
import { metricNames } from './metrics.ts';
import base from './run-summary.schema.json' with { type: 'json' };

/** The JSON Schema of `summary.json`: run-summary.schema.json, completed by what each question says of its answer. */
export function runSummarySchema(questions?: Questions) {
  const { $defs, properties } = base;
  const { threshold } = $defs;
  const metric = { enum: metricNames(questions) };
  return {
    ...base,
    properties: { ...properties, study: { ...properties.study, $ref: '#/$defs/study' } },
    $defs: {
      ...$defs,
      threshold: { ...threshold, properties: { ...threshold.properties, metric } },
      ...answerSchemas(questions),
    },
  };
}
