import { Command, CommanderError, Option } from 'commander';
import pc from 'picocolors';
import { type ProfileName, profileNames } from '../backend/profiles/index.ts';
import { EXIT, GATE_EXIT_CODES } from '../core/exit-codes.ts';
import { SETTINGS, type SettingName } from '../core/settings.ts';
import { parseDurationSeconds } from '../core/units.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import { describeK6 } from '../k6-binary/k6-binary.ts';
import { gate } from './gate.ts';
import { K6_MODULE_FOLDER, TOOL } from './installation.ts';
import { postComment } from './post-comment.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import type { LoadRequest, Terminal } from './session.ts';
import { runSuite } from './suite.ts';

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

  withLoadOptions(root.command('run <scenario>'))
    .description('run a scenario and judge it')
    .usage('<scenario> [options] [-- k6 options]')
    .action(async (scenario: string, options: LoadOptions) => {
      exitCode = await run(scenario, loadRequest(options, k6Arguments), terminal);
    });

  withLoadOptions(root.command('suite <name>'))
    .description('run the plans of a suite of package.json one after another, and judge them as one test')
    .usage('<name> [options] [-- k6 options]')
    .option('--pause <time>', 'between two plans (default: the longest rate-limit window that an endpoint declares)')
    .action(async (name: string, options: LoadOptions & { readonly pause?: string }) => {
      const pause = options.pause === undefined ? {} : { pauseSeconds: parseDurationSeconds(options.pause, '--pause') };
      exitCode = await runSuite(name, { ...loadRequest(options, k6Arguments), ...pause }, terminal);
    });

  root
    .command('report [runs...]')
    .description(
      'rebuild the report of stored runs: run folders, or summaries of k6-verdict or of k6 (default: the latest run)',
    )
    .option(
      '--out <folder>',
      'where the report goes (default: the folder of the run; for several, a new one in results/)',
    )
    .option('--results <folder>', 'where run folders are (default: results/ of the project)')
    .action(async (names: string[], { out, results }: { readonly out?: string; readonly results?: string }) => {
      exitCode = await report(
        {
          names,
          ...(out === undefined ? {} : { outFolder: out }),
          ...(results === undefined ? {} : { resultsFolder: results }),
          workingFolder: process.cwd(),
        },
        terminal,
      );
    });

  root
    .command('gate [runs...]')
    .description('judge stored runs again, without running k6, for a pipeline to act on (default: the latest run)')
    .option('--k6-exit-code <code>', "k6's exit code, for a summary that k6 wrote: it does not store it")
    .option('--json', 'print the verdict as JSON')
    .option('--junit <file>', 'write the thresholds as JUnit XML')
    .option('--comment <file>', 'write the verdict as a comment for a pull request')
    .option('--results <folder>', 'where run folders are (default: results/ of the project)')
    .addHelpText(
      'after',
      `\nExit codes:\n${GATE_EXIT_CODES.map(([code, meaning]) => `  ${code}  ${meaning.replaceAll('`', '')}`).join('\n')}`,
    )
    .action(async (names: string[], options: GateOptions) => {
      const { k6ExitCode, json, junit, comment, results } = options;
      exitCode = await gate(
        {
          names,
          printsJson: json === true,
          ...(k6ExitCode === undefined ? {} : { k6ExitCode }),
          ...(junit === undefined ? {} : { junitFile: junit }),
          ...(comment === undefined ? {} : { commentFile: comment }),
          ...(results === undefined ? {} : { resultsFolder: results }),
          workingFolder: process.cwd(),
          environment: process.env,
        },
        terminal,
      );
    });

  root
    .command('post-comment <file>')
    .description('write the comment of `gate --comment` on the pull request of this workflow run (GitHub Actions)')
    .action(async (file: string) => {
      exitCode = await postComment(file, process.env, terminal);
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

interface GateOptions {
  readonly k6ExitCode?: string;
  readonly json?: true;
  readonly junit?: string;
  readonly comment?: string;
  readonly results?: string;
}

interface LoadOptions extends Record<string, unknown> {
  readonly env: readonly string[];
  readonly envFile?: string;
  readonly results?: string;
  readonly atRest: boolean;
  readonly timeline: boolean;
  readonly abortOnFail?: string | true;
  readonly backendProfile: ProfileName;
}

/** The options of every command that sends load. */
function withLoadOptions(command: Command): Command {
  for (const { flag, argument, name, description } of SETTINGS)
    command.option(`${flag} ${argument}`, `${description} [${name}]`);
  return command
    .option('-e, --env <NAME=value>', 'a variable for the scenario, as in k6; may be repeated', collect, [])
    .option('--env-file <file>', 'variables for the scenario, one NAME=value per line')
    .option('--results <folder>', 'where run folders are made (default: results/ of the project)')
    .option('--no-at-rest', 'leave out the requests of a single user before the load')
    .option('--no-timeline', "leave out k6's own record of the run over time, timeline.ndjson.gz")
    .option(
      '--abort-on-fail [delay]',
      `end a run as soon as it crosses a threshold, but not before the delay (default: ${ABORT_DELAY})`,
    )
    .addOption(
      new Option('--backend-profile <profile>', 'how the reference backend behaves')
        .choices(profileNames)
        .default('healthy'),
    )
    .addHelpText(
      'after',
      '\nA flag beats -e, which beats the environment, which beats --env-file.\nWhat follows -- goes to k6 unchanged, such as -- --out json=raw.json',
    );
}

const ABORT_DELAY = '10s';

function loadRequest(options: LoadOptions, k6Arguments: readonly string[]): LoadRequest {
  const { timeline, abortOnFail, env, envFile, results, atRest, backendProfile } = options;
  const abortDelay = abortOnFail === true ? ABORT_DELAY : abortOnFail;
  return {
    sources: {
      flags: flagsOf(options),
      assignments: env,
      environment: process.env,
      ...(envFile === undefined ? {} : { envFile }),
    },
    measuresAtRest: atRest,
    ...(abortDelay === undefined
      ? {}
      : { abortOnFailAfterSeconds: parseDurationSeconds(abortDelay, '--abort-on-fail') }),
    ...(results === undefined ? {} : { resultsFolder: results }),
    recordsTimeline: timeline,
    backendProfile,
    k6Arguments,
    workingFolder: process.cwd(),
  };
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** The settings among the options. Commander names an option by its flag in camel case. */
function flagsOf(options: LoadOptions): Partial<Record<SettingName, string>> {
  return Object.fromEntries(
    SETTINGS.flatMap(({ name, flag }) => {
      const value = options[flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
