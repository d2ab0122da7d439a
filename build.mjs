// Builds what is shipped into dist/: one bundle per scenario for k6, the command-line tool and the reference backend.
import './lib/cli/register.mjs';
import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const { bundleScenario } = await import('./lib/cli/bundle-scenario.ts');
const { findProject, listScenarios, scenarioFile } = await import('./lib/cli/project.ts');

const project = findProject(import.meta.dirname);
const dist = path.join(project.root, 'dist');
rmSync(dist, { recursive: true, force: true });

for (const name of listScenarios(project)) {
  await bundleScenario(scenarioFile(project, name), path.join(dist, 'scenarios', `${name}.js`));
}

await build({
  entryPoints: { 'k6-verdict': 'lib/cli/main.ts', backend: 'lib/backend/main.ts' },
  absWorkingDir: project.root,
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  // Without the --, Node 20 takes our --env-file for its own.
  banner: { js: '#!/usr/bin/env -S node --' },
  sourcemap: true,
});
chmodSync(path.join(dist, 'k6-verdict.mjs'), 0o755);
console.log(`Built ${path.relative(process.cwd(), dist) || '.'}`);
