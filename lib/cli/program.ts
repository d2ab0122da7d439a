import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { EXIT } from '../core/exit-codes.ts';
import { SETTINGS, type SettingName } from '../core/settings.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import { describeK6 } from '../k6-binary/k6-binary.ts';
import { K6_MODULE_FOLDER, TOOL } from './installation.ts';
import { run, type Terminal } from './run.ts';

const terminal: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
  hasColour: pc.isColorSupported && process.stdout.isTTY === true,
};

/**
 * Runs the command line.
 * @returns the exit code
 * @throws UserError for a mistake of the user
 */
export async function program(args: readonly string[]): Promise<number> {
  const split = args.indexOf('--');
  const own = split === -1 ? args : args.slice(0, split);
  const k6Arguments = split === -1 ? [] : args.slice(split + 1);
  let exitCode: number = EXIT.pass;

  const root = new Command('k6-verdict')
    .description('Load tests with k6 that end in a verdict.')
    .version(TOOL.version)
    .exitOverride()
    .configureHelp({ helpWidth: 100 })
    .showSuggestionAfterError();

  const runCommand = root
    .command('run')
    .description('run a scenario and judge it')
    .argument('<scenario>', 'the name of a file in scenarios/, without .ts')
    .usage('<scenario> [options] [-- k6 options]');
  for (const { flag, argument, name, description } of SETTINGS) {
    runCommand.option(`${flag} ${argument}`, `${description} [${name}]`);
  }
  runCommand
    .option('-e, --env <NAME=value>', 'a variable for the scenario, as in k6; may be repeated', collect, [])
    .option('--env-file <file>', 'variables for the scenario, one NAME=value per line')
    .option('--results <folder>', 'where run folders are made (default: results/ of the project)')
    .option('--no-at-rest', 'leave out the requests of a single user before the load')
    .addHelpText(
      'after',
      '\nA flag beats -e, which beats the environment, which beats --env-file.\nWhat follows -- goes to k6 unchanged, such as -- --out json=raw.json',
    )
    .action(async (scenario: string, options: RunOptions) => {
      exitCode = await run(
        {
          scenario,
          sources: {
            flags: flagsOf(options),
            assignments: options.env,
            environment: process.env,
            ...(options.envFile === undefined ? {} : { envFile: options.envFile }),
          },
          measuresAtRest: options.atRest,
          ...(options.results === undefined ? {} : { resultsFolder: options.results }),
          k6Arguments,
          workingFolder: process.cwd(),
        },
        terminal,
      );
    });

  root
    .command('which-k6')
    .description('find or build k6 and print its path, version and where it came from')
    .action(async () => terminal.print(describeK6(await findK6({ moduleFolder: K6_MODULE_FOLDER }))));

  try {
    await root.parseAsync([...own], { from: 'user' });
  } catch (error) {
    // Commander has already said what is wrong, or shown the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.badInput;
    throw error;
  }
  return exitCode;
}

interface RunOptions extends Record<string, unknown> {
  readonly env: readonly string[];
  readonly envFile?: string;
  readonly results?: string;
  readonly atRest: boolean;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** The settings among the options. Commander names an option by its flag in camel case. */
function flagsOf(options: RunOptions): Partial<Record<SettingName, string>> {
  return Object.fromEntries(
    SETTINGS.flatMap(({ name, flag }) => {
      const value = options[flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
