import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { WITHOUT_NAME } from '../../core/measure/record/requests-of-script.ts';
import { startTool, temporaryFolder } from '../tool.ts';
import { differencesOf, rowKey } from './against-service.ts';
import { expectedExitCode, type ScriptCase } from './script-case.ts';
import { k6ArgumentsOf, serviceOfEachTest, TABLES } from './tables.ts';

const service = serviceOfEachTest();

describe.each(TABLES)('k6-verdict runs the $table as k6 does, and judges them:', ({ folder, cases }) => {
  it.each(cases.map((script) => [script.title, script] as const))('%s', async (_title, script) => {
    const { exitCode, said, files, summary } = await runJudged(script, folder);
    expect(exitCode, said).toBe(expectedExitCode(script));
    expect(files).toEqual(script.files ?? []);
    if (summary === undefined) expect(script.rows, said).toEqual([]);
    else expect(differencesOf(script, rowsOf(summary), service().counts()), said).toEqual([]);
  });
});

/** Runs a script from a folder that is not its own, as its owner does. */
async function runJudged(script: ScriptCase, folder: string) {
  const [workingFolder, results] = [temporaryFolder(), temporaryFolder()];
  const given = k6ArgumentsOf(script, { service: service(), folder }, results);
  const { exitCode, stdout, stderr } = await startTool(
    ['run', path.join(folder, script.script), '--results', results, '--', ...given],
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
