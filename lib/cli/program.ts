import { Command, CommanderError, Option } from 'commander';
import pc from 'picocolors';
import type { ComparisonPolicy } from '../compare/policy.ts';
import { UserError } from '../core/errors.ts';
import { COMPARE_EXIT_CODES, EXIT, GATE_EXIT_CODES } from '../core/exit-codes.ts';
import { SETTINGS, type SettingName } from '../core/settings.ts';
import { parseDurationSeconds } from '../core/units.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import { describeK6 } from '../k6-binary/k6-binary.ts';
import { type AbRequest, ab } from './ab.ts';
import { printBaselines, saveBaseline, showBaseline } from './baseline.ts';
import { compare } from './compare.ts';
import type { RunPart } from './complete-summary.ts';
import { gate } from './gate.ts';
import { K6_MODULE_FOLDER, TOOL } from './installation.ts';
import { merge } from './merge.ts';
import { postComment } from './post-comment.ts';
import type { ComparisonOutputs } from './publish-comparison.ts';
import { REFERENCE_PROFILES, type ReferenceProfile } from './reference-target.ts';
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
    .option('--instance <i/n>', 'send one of n equal parts of the load, such as 2/4: several k6 processes make one run')
    .option('--run-id <id>', 'the run that the processes of --instance share')
    .option(
      '--segment <time>',
      'send a load that stays as it is in consecutive parts, each by a k6 process of its own: for soaks that would not fit into memory',
    )
    .usage('<scenario> [options] [-- k6 options]')
    .action(async (scenario: string, options: LoadOptions & PartOptions) => {
      exitCode = await run(
        scenario,
        { ...loadRequest(options, k6Arguments), ...partOf(options), ...segmentOf(options) },
        terminal,
      );
    });

  withLoadOptions(root.command('suite <name>'))
    .description('run the plans of a suite of package.json one after another, and judge them as one test')
    .usage('<name> [options] [-- k6 options]')
    .option('--pause <time>', 'between two plans (default: the longest rate-limit window that an endpoint declares)')
    .action(async (name: string, options: LoadOptions & { readonly pause?: string }) => {
      const pause = options.pause === undefined ? {} : { pauseSeconds: parseDurationSeconds(options.pause, '--pause') };
      exitCode = await runSuite(name, { ...loadRequest(options, k6Arguments), ...pause }, terminal);
    });

  withPolicyOptions(withLoadOptions(root.command('ab')))
    .description('run a scenario on base and head in turn, each run on a target of its own, and compare them')
    .requiredOption('--scenario <name>', 'the scenario to run')
    .option('--pairs <count>', 'pairs of runs per look', '5')
    .option('--looks <count>', 'how often the pairs are looked at: a second look runs as many again', '2')
    .option('--aa', 'base against base: how much two runs of the same release differ')
    .option('--base-start <command>', 'starts base for each run; it is ready when --base-url answers')
    .option('--base-dir <folder>', 'the checkout that --base-start runs in')
    .option('--base-release <name>', 'the release that base is (default: `git describe` of its checkout)')
    .option('--head-url <url>', 'where head answers')
    .option('--head-start <command>', 'starts head for each run; it is ready when --head-url answers')
    .option('--head-dir <folder>', 'the checkout that --head-start runs in')
    .option('--head-release <name>', 'the release that head is (default: `git describe` of its checkout)')
    .addHelpText(
      'after',
      `\n--base-url names base; without it base is the reference backend, started anew for each run.\n${exitCodesText(COMPARE_EXIT_CODES)}`,
    )
    .action(async (options: AbOptions) => {
      exitCode = await ab(
        {
          ...loadRequest(options, k6Arguments),
          scenario: options.scenario,
          pairs: parseWhole(options.pairs, '--pairs', 1, 50),
          looks: parseWhole(options.looks, '--looks', 1, 2),
          isSelfCheck: options.aa === true,
          base: sideOf(undefined, options.baseStart, options.baseDir),
          head: sideOf(options.headUrl, options.headStart, options.headDir),
          ...(options.baseRelease === undefined ? {} : { baseRelease: options.baseRelease }),
          ...(options.headRelease === undefined ? {} : { headRelease: options.headRelease }),
          policy: policyOf(options),
          outputs: outputsOf(options),
        },
        terminal,
      );
    });

  withPolicyOptions(root.command('compare'))
    .description('compare stored runs: the runs of a release, or its baseline, against those of another')
    .requiredOption('--base <runs...>', 'run folders, run ids, summaries, globs, or a baseline by its release')
    .requiredOption('--head <runs...>', 'the same, of what is to be judged')
    .option('--earlier <runs...>', 'runs of earlier releases, for the trend alone')
    .option('--noise <folders...>', 'folders of `ab --aa`: how much runs differ when nothing changed')
    .option('--noise-cv <share>', 'the noise to assume of a run, for one against one')
    .option('--allow-missing-baseline', 'a baseline that is not there ends with exit code 0')
    .option('--results <folder>', 'where run folders and baselines are (default: results/ of the project)')
    .addHelpText('after', exitCodesText(COMPARE_EXIT_CODES))
    .action(async (options: CompareOptions) => {
      exitCode = await compare(
        {
          base: options.base,
          head: options.head,
          earlier: options.earlier ?? [],
          selfChecks: options.noise ?? [],
          ...(options.noiseCv === undefined ? {} : { assumedNoiseCv: parseShare(options.noiseCv, '--noise-cv') }),
          policy: policyOf(options),
          allowsMissingBaseline: options.allowMissingBaseline === true,
          outputs: outputsOf(options),
          ...(options.results === undefined ? {} : { resultsFolder: options.results }),
          workingFolder: process.cwd(),
        },
        terminal,
      );
    });

  const inProject = (results: string | undefined) => ({
    ...(results === undefined ? {} : { resultsFolder: results }),
    workingFolder: process.cwd(),
  });
  const RESULTS = [
    '--results <folder>',
    'where run folders and baselines are (default: results/ of the project)',
  ] as const;

  root
    .command('merge <summaries...>')
    .description('fold the summaries of the k6 processes of one run (--instance) into one')
    .option(...RESULTS)
    .action(async (names: string[], { results }: { readonly results?: string }) => {
      exitCode = await merge({ names, ...inProject(results) }, terminal);
    });

  const baseline = root.command('baseline').description('keep the runs of a release for later comparisons');
  baseline
    .command('save <release> <runs...>')
    .description('write results/baselines/<release>.json, to commit')
    .option('--allow-failed', 'take runs that did not pass as well')
    .option('--replace', 'over a baseline of that release')
    .option(...RESULTS)
    .action(async (release: string, names: string[], options: SaveOptions) => {
      const { allowFailed, replace, results } = options;
      exitCode = await saveBaseline(
        { release, names, allowsFailed: allowFailed === true, replaces: replace === true, ...inProject(results) },
        terminal,
      );
    });
  baseline
    .command('list')
    .description('every baseline of the project')
    .option(...RESULTS)
    .action(({ results }: { readonly results?: string }) => {
      exitCode = printBaselines(inProject(results), terminal);
    });
  baseline
    .command('show <release>')
    .description('the runs of a baseline')
    .option(...RESULTS)
    .action((release: string, { results }: { readonly results?: string }) => {
      exitCode = showBaseline(release, inProject(results), terminal);
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
    .addHelpText('after', exitCodesText(GATE_EXIT_CODES))
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
    .description(
      'write a comment (`--comment` of gate, compare or ab) on the pull request of this workflow run (GitHub Actions)',
    )
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

interface PartOptions {
  readonly instance?: string;
  readonly runId?: string;
  readonly segment?: string;
}

function segmentOf({ segment, instance }: PartOptions): { segmentSeconds?: number } {
  if (segment === undefined) return {};
  if (instance !== undefined) {
    throw new UserError({
      what: '--segment and --instance exclude each other.',
      received: `--segment ${segment} --instance ${instance}`,
      expected: 'one of the two: parts one after another, or parts at the same time',
    });
  }
  const segmentSeconds = parseDurationSeconds(segment, '--segment');
  if (segmentSeconds >= 1) return { segmentSeconds };
  throw new UserError({ what: '--segment is too short.', received: segment, expected: 'at least 1s, such as 30m' });
}

const MOST_INSTANCES = 1000;

function partOf({ instance: text, runId }: PartOptions): { part?: RunPart } {
  if (text === undefined && runId === undefined) return {};
  if (text === undefined || runId === undefined) {
    throw new UserError({
      what: '--instance and --run-id belong together.',
      received: text === undefined ? '--run-id alone' : '--instance alone',
      expected: 'both: which of how many processes this is, and the run that they share',
    });
  }
  const [, instance, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (instance === undefined || of === undefined || instance < 1 || of < 2 || instance > of || of > MOST_INSTANCES) {
    throw new UserError({
      what: '--instance is not one of several.',
      received: JSON.stringify(text),
      expected: `<i>/<n>, such as 2/4, with n from 2 to ${MOST_INSTANCES}`,
    });
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(runId)) {
    throw new UserError({
      what: '--run-id cannot name a folder.',
      received: JSON.stringify(runId),
      expected: 'letters, digits, dots, dashes and underscores',
    });
  }
  return { part: { instance, of, runId } };
}

function exitCodesText(codes: readonly (readonly [code: string, meaning: string])[]): string {
  return `\nExit codes:\n${codes.map(([code, meaning]) => `  ${code}  ${meaning.replaceAll('`', '')}`).join('\n')}`;
}

interface AbOptions extends LoadOptions, PolicyOptions {
  readonly scenario: string;
  readonly pairs: string;
  readonly looks: string;
  readonly aa?: true;
  readonly baseStart?: string;
  readonly baseDir?: string;
  readonly baseRelease?: string;
  readonly headUrl?: string;
  readonly headStart?: string;
  readonly headDir?: string;
  readonly headRelease?: string;
}

function sideOf(url: string | undefined, command: string | undefined, folder: string | undefined): AbRequest['base'] {
  return {
    ...(url === undefined ? {} : { url }),
    ...(command === undefined ? {} : { command }),
    ...(folder === undefined ? {} : { folder }),
  };
}

interface CompareOptions extends PolicyOptions {
  readonly base: readonly string[];
  readonly head: readonly string[];
  readonly earlier?: readonly string[];
  readonly noise?: readonly string[];
  readonly noiseCv?: string;
  readonly allowMissingBaseline?: true;
  readonly results?: string;
}

interface SaveOptions {
  readonly allowFailed?: true;
  readonly replace?: true;
  readonly results?: string;
}

function outputsOf({ json, junit, comment, benchmark }: PolicyOptions): ComparisonOutputs {
  return {
    printsJson: json === true,
    ...(junit === undefined ? {} : { junitFile: junit }),
    ...(comment === undefined ? {} : { commentFile: comment }),
    ...(benchmark === undefined ? {} : { benchmarkFile: benchmark }),
    environment: process.env,
  };
}

interface PolicyOptions {
  readonly json?: true;
  readonly junit?: string;
  readonly comment?: string;
  readonly benchmark?: string;
  readonly strict?: true;
  readonly failOn: 'regressed' | 'suspect';
  readonly effect: string;
  readonly tolerance: string;
}

/** The options of every command that compares. */
function withPolicyOptions(command: Command): Command {
  return command
    .option('--strict', 'an inconclusive comparison ends with exit code 3')
    .addOption(
      new Option('--fail-on <state>', 'what fails the comparison')
        .choices(['regressed', 'suspect'])
        .default('regressed'),
    )
    .option('--json', 'print the comparison as JSON')
    .option('--junit <file>', 'write the gated rows as JUnit XML')
    .option('--comment <file>', 'write the comparison as a comment for a pull request')
    .option('--benchmark <file>', 'write the figures of head as JSON for github-action-benchmark')
    .option('--effect <share>', 'a smaller relative change is none', '0.05')
    .option('--tolerance <share>', 'no larger relative change may be overlooked', '0.1');
}

function policyOf({ strict, failOn, effect, tolerance }: PolicyOptions): ComparisonPolicy {
  return {
    isStrict: strict === true,
    failOn,
    effect: parseShare(effect, '--effect'),
    tolerance: parseShare(tolerance, '--tolerance'),
  };
}

function parseShare(text: string, name: string): number {
  const share = Number(text);
  if (/^0?\.\d+$/.test(text) && share > 0 && share < 1) return share;
  throw new UserError({
    what: `${name} is not a share.`,
    received: JSON.stringify(text),
    expected: 'a number above 0 and below 1, such as 0.05 for 5 %',
  });
}

function parseWhole(text: string, name: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UserError({
    what: `${name} is not a number of them.`,
    received: JSON.stringify(text),
    expected: `a whole number from ${least} to ${most}`,
  });
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
  readonly backendProfile: ReferenceProfile;
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
        .choices(REFERENCE_PROFILES)
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
