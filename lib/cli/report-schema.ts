import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The JSON Schema of report.json, from the type that it is written from: the two cannot differ. For the build only. */
export function reportSchema(): Schema {
  const generator = createGenerator({
    path: path.join(root, 'lib', 'report', 'model', 'report.ts'),
    tsconfig: path.join(root, 'lib', 'core', 'tsconfig.json'),
    type: 'Report',
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
  });
  return { title: 'report.json of k6-verdict', ...generator.createSchema('Report') };
}
