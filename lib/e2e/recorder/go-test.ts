// npm run test:recorder: the Go tests of the module that k6 is built from. What follows `--` goes to `go test`.
import { spawnSync } from 'node:child_process';
import { BUILD_FLAGS, goEnvironment } from '../../k6-binary/go-build.ts';
import { ownModuleFolder, readK6Module } from '../../k6-binary/k6-module.ts';
import { findOnPath } from '../../k6-binary/search-path.ts';

const { folder, goVersion } = await readK6Module(ownModuleFolder());
const [go] = await findOnPath('go', process.env);
if (go === undefined) {
  console.error(`npm run test:recorder needs Go ${goVersion} or newer, and there is no go on PATH: https://go.dev/dl/`);
  process.exit(1);
}

// Flags and environment of the build, since Go takes what it compiled for k6 only with the same ones.
const args = ['test', ...BUILD_FLAGS, '-count=1', './...', ...process.argv.slice(2)];
const { status, error } = spawnSync(go, args, { cwd: folder, env: goEnvironment(process.env), stdio: 'inherit' });
if (error !== undefined) console.error(`${go} cannot be started: ${error.message}`);
process.exitCode = status ?? 1;
