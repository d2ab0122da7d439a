import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator, type Schema } from 'ts-json-schema-generator';
import { answerSchemas } from '../core/questions/answer-schemas.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The JSON Schema of report.json, from the type that it is written from: the two cannot differ. For the build only. */
export function reportSchema(): Schema {
  const schema = schemaOf('report.json', 'Report', 'lib/report/model/report.ts');
  // What an answer holds is for its question to say.
  const definitions = { ...schema.definitions, Answer: { $ref: '#/$defs/study' } };
  return { ...schema, definitions, $defs: answerSchemas() } as Schema;
}

/** The JSON Schema of comparison.json. */
export function comparisonSchema(): Schema {
  return schemaOf('comparison.json', 'Comparison', 'lib/compare/comparison.ts');
}

function schemaOf(file: string, type: string, source: string): Schema {
  const generator = createGenerator({
    path: path.join(root, ...source.split('/')),
    tsconfig: path.join(root, 'lib', 'core', 'tsconfig.json'),
    type,
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
  });
  return { title: `${file} of k6-verdict`, ...generator.createSchema(type) };
}
