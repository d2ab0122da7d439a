// Builds what is shipped into dist/: one bundle per scenario for k6, the doors of the package with their types, the
// command-line tool, the reference backend, and the JSON Schemas of what the tool writes and reads.
import './lib/cli/register.mjs';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { TOOL_BUILD } from './lib/cli/built-tool.mjs';

const { bundleScenario } = await import('./lib/run/k6/bundle-scenario.ts');
const { findProject, listScenarios, scenarioFile } = await import('./lib/results/project.ts');
const { runSummarySchema } = await import('./lib/core/judge/run-summary-schema.ts');
const { comparisonSchema, reportSchema } = await import('./lib/results/report-schema.ts');

const project = findProject(import.meta.dirname);
const dist = path.join(project.root, 'dist');
rmSync(dist, { recursive: true, force: true });

for (const name of listScenarios(project)) {
  await bundleScenario(scenarioFile(project, name), path.join(dist, 'scenarios', `${name}.js`));
}

await build({
  ...TOOL_BUILD,
  absWorkingDir: project.root,
  outdir: dist,
  // Without the --, Node 20 takes our --env-file for its own.
  banner: { js: `#!/usr/bin/env -S node --\n${TOOL_BUILD.banner.js}` },
});
await build({
  // What reads CSV is in a file of its own: bundlers leave it out of the copy of users, which in one piece they could not.
  entryPoints: { index: 'lib/index.ts', k6: 'lib/k6/index.ts', csv: 'lib/k6/data/parse-csv.ts' },
  absWorkingDir: project.root,
  outdir: dist,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'neutral',
  format: 'esm',
  target: 'es2022',
  external: ['k6', 'k6/*'],
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'lib/tsconfig.package.json'], {
  cwd: project.root,
  stdio: 'inherit',
});
chmodSync(path.join(dist, 'k6-verdict.mjs'), 0o755);
writeFileSync(path.join(dist, 'summary.schema.json'), `${JSON.stringify(runSummarySchema(), null, 2)}\n`);
cpSync(path.join(project.root, 'lib', 'results', 'schemas'), dist, { recursive: true });
const record = path.join(project.root, 'lib', 'core', 'measure', 'record', 'record.schema.json');
cpSync(record, path.join(dist, 'record.schema.json'));
cpSync(
  path.join(project.root, 'lib', 'core', 'foreign', 'script', 'script-summary.schema.json'),
  path.join(dist, 'script-summary.schema.json'),
);
writeFileSync(path.join(dist, 'report.schema.json'), `${JSON.stringify(reportSchema(), null, 2)}\n`);
writeFileSync(path.join(dist, 'comparison.schema.json'), `${JSON.stringify(comparisonSchema(), null, 2)}\n`);
console.log(`Built ${path.relative(process.cwd(), dist) || '.'}`);
