import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The JSON Schema of report.json, from the type that it is written from: the two cannot differ. For the build only. */
export function reportSchema(): Schema {
  return schemaOf('report.json', 'Report', 'lib/report/model/report.ts');
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
