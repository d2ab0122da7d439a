import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WITHOUT_NAME } from '../../core/foreign/script/rows.ts';
import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { startTool, temporaryFolder } from '../tool.ts';
import { differencesOf, rowKey } from './against-service.ts';
import { EXAMPLES, exampleConfig, examplesFolder } from './examples.ts';
import { expectedExitCode, type ScriptCase } from './script-case.ts';
import { type ScriptService, startService } from './service.ts';
import { SUITES, SUITES_FOLDER } from './suites.ts';

let service: ScriptService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

describe.each([
  { table: 'examples of k6', folder: examplesFolder(), cases: EXAMPLES },
  { table: 'patterns of suites', folder: SUITES_FOLDER, cases: SUITES },
])('k6-verdict runs the $table as k6 does, and judges them:', ({ folder, cases }) => {
  it.each(cases.map((script) => [script.title, script] as const))('%s', async (_title, script) => {
    const { exitCode, said, files, summary } = await runJudged(script, folder);
    expect(exitCode, said).toBe(expectedExitCode(script));
    expect(files).toEqual(script.files ?? []);
    if (summary === undefined) expect(script.rows, said).toEqual([]);
    else expect(differencesOf(script, rowsOf(summary), service.counts()), said).toEqual([]);
  });
});

/** Runs a script from a folder that is not its own, as its owner does. */
async function runJudged(script: ScriptCase, folder: string) {
  const [workingFolder, results] = [temporaryFolder(), temporaryFolder()];
  const places = { service, folder };
  const config = path.join(results, 'config.json');
  writeFileSync(config, JSON.stringify(exampleConfig(service)));
  const variables = Object.entries(script.variables?.(places) ?? {}).flatMap(([name, value]) => [
    '-e',
    `${name}=${value}`,
  ]);
  const { exitCode, stdout, stderr } = await startTool(
    [
      ...['run', path.join(folder, script.script), '--results', results, '--'],
      ...['--config', config, ...variables, ...(script.args?.(places) ?? [])],
    ],
    { LOAD_ALLOW_HOSTS: script.hosts?.join(',') ?? '', ...script.environment },
    workingFolder,
  ).ended;
  return { exitCode, said: stdout + stderr, files: readdirSync(workingFolder).sort(), summary: summaryIn(results) };
}

function summaryIn(results: string): ScriptSummary | undefined {
  const file = readdirSync(results)
    .map((run) => path.join(results, run, 'summary.json'))
    .find((each) => existsSync(each));
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as ScriptSummary);
}

function rowsOf({ endpoints }: ScriptSummary): Map<string, number> {
  // k6 gives some calls neither a name nor a URL; the tables have them aside.
  const named = endpoints.filter(({ id }) => id !== WITHOUT_NAME);
  return new Map(
    named.map(({ id, category, requests }) => {
      const isInGroup = id.startsWith(`${category} / `);
      const row = isInGroup ? id.slice(category.length + 3) : id;
      return [rowKey({ row, group: isInGroup ? `::${category.replaceAll(' / ', '::')}` : '' }), requests] as const;
    }),
  );
}
