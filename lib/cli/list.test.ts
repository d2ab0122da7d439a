import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { callProgram } from '../e2e/call-program.ts';
import { temporaryFolder } from '../e2e/tool.ts';

/** A project with scenarios of such texts. */
function project(scenarios: Readonly<Record<string, string>>, own: unknown = {}): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'x', 'k6-verdict': own }));
  for (const [name, text] of Object.entries(scenarios))
    writeFileSync(path.join(folder, 'scenarios', `${name}.ts`), text);
  return folder;
}

describe('list', () => {
  it('names every scenario and every suite of this project with its purpose, within 80 columns', async () => {
    const { exitCode, printed, said } = await callProgram(['list']);
    expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' });
    expect(printed).toMatch(/^ {2}smoke +Does every endpoint answer one user at all\?$/m);
    expect(printed).toMatch(/^Suites: npx k6-verdict suite <name>\n {2}load-concurrent +Does the service hold/m);
    expect(printed).toContain('Such as: npx k6-verdict run smoke');
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says a purpose as its file says it, and none that only the loaded scenario knows', async () => {
    const { printed } = await callProgram(['list'], {
      workingFolder: project({
        quoted: "defineLoadTest({ name: 'quoted', purpose: 'Is it the users\\' turn?' })",
        double: 'x({\n  purpose: "Is it \'ready\'?",\n})',
        below: 'x({\n  purpose:\n    `Is it below?`,\n})',
        made: 'x({ purpose: `Is it $' + '{name}?` })',
        silent: '',
      }),
    });
    expect(
      printed
        .split('\n')
        .slice(1, 6)
        .map((line) => line.trim().replace(/ +/g, ' ')),
    ).toEqual(['below Is it below?', "double Is it 'ready'?", 'made', "quoted Is it the users' turn?", 'silent']);
    expect(printed).not.toContain('Suites');
  });

  it('says so where there is nothing to run', async () => {
    await expect(callProgram(['list'], { workingFolder: project({}) })).rejects.toThrow(
      'This project has no scenarios',
    );
  });
});

it('run without a scenario lists what there is and how it is run, and does not pass', async () => {
  const { exitCode, printed, said } = await callProgram(['run']);
  expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: '' });
  expect(said).toMatch(/^No scenario is named: nothing was run\.\n/);
  expect(said).toContain('Scenarios: npx k6-verdict run <name>\n');
  expect(said).toMatch(/^ {2}soak +Does the service leak or slow down over hours\?/m);
});
