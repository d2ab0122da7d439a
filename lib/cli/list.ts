import { Help } from 'commander';
import { EXIT } from '../core/spec/exit-codes.ts';
import { projectAround } from '../results/project.ts';
import type { Terminal } from '../results/terminal.ts';
import { type Runnable, whatCanBeRun } from '../results/what-can-be-run.ts';

/** Fits into every terminal, and into a log. */
const COLUMNS = 80;

/**
 * Lists the scenarios and the suites of the project with their purpose.
 * @returns the exit code
 * @throws UserError where there is no project, or none of its scenarios
 */
export function list(workingFolder: string, { print }: Pick<Terminal, 'print'>): number {
  print(listText(workingFolder));
  return EXIT.pass;
}

/** The same for a run that names no scenario: nothing was run, so a pipeline whose variable is not set must not pass. */
export function listInsteadOfRun(workingFolder: string, { say }: Pick<Terminal, 'say'>): number {
  say(`No scenario is named: nothing was run.\n\n${listText(workingFolder)}`);
  return EXIT.badInput;
}

function listText(workingFolder: string): string {
  const { scenarios, suites } = whatCanBeRun(projectAround({ workingFolder }));
  // The one to begin with, where a project has it.
  const first = scenarios.find(({ name }) => name === 'smoke') ?? scenarios[0];
  const widest = Math.max(...[...scenarios, ...suites].map(({ name }) => name.length));
  return [
    section('Scenarios: npx k6-verdict run <name>', scenarios, widest),
    ...(suites.length === 0 ? [] : [section('Suites: npx k6-verdict suite <name>', suites, widest)]),
    `Such as: npx k6-verdict run ${first?.name}\nIts options: npx k6-verdict run --help`,
  ].join('\n\n');
}

function section(title: string, runnables: readonly Runnable[], widest: number): string {
  const help = new Help();
  help.prepareContext({ helpWidth: COLUMNS });
  return [title, ...runnables.map(({ name, purpose = '' }) => help.formatItem(name, widest, purpose, help))].join('\n');
}
