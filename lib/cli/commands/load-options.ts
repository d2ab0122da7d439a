import { SETTINGS, type SettingDefinition, type SettingName } from '../../core/spec/settings.ts';
import { parseDurationSeconds } from '../../core/spec/units.ts';
import type { LoadRequest } from '../../run/load-request.ts';
import { REFERENCE_PROFILES, USUAL_PROFILE } from '../../run/target/reference-target.ts';
import type { Call } from './command.ts';
import { HEADING } from './headings.ts';
import { type CommandOption, choice, flag, parsed, text, texts, under, unless, type ValuesOf } from './option.ts';
import { resultsOption } from './project-options.ts';

const ABORT_DELAY = '10s';

/** Settings that say where the load goes; all others say what load it is. */
const OF_THE_TARGET: readonly string[] = [
  'BASE_URL',
  'METRICS_URL',
  'RELEASE',
  'LOAD_ALLOW_HOSTS',
] satisfies readonly SettingName[];

/** The options of every command that sends load. */
export const LOAD_OPTIONS = {
  sources: under(HEADING.settings, {
    flags: settingOptions(),
    assignments: texts('-e, --env <NAME=value>', 'a variable for the scenario, as in k6; may be repeated'),
    envFile: text('--env-file <file>', 'variables for the scenario, one NAME=value per line'),
  }),
  ...under(HEADING.target, {
    environmentName: text(
      '--environment <name>',
      'where to test: an environment of "k6-verdict": { "environments": ... } in package.json',
    ),
    backendProfile: choice(
      '--backend-profile <profile>',
      'how the reference backend behaves',
      REFERENCE_PROFILES,
      USUAL_PROFILE,
    ),
  }),
  ...under(HEADING.run, {
    measuresAtRest: unless(
      '--no-baseline',
      'leave out the requests of a single user before the load: to each endpoint, or through each journey',
    ),
    abortOnFailAfterSeconds: abortOption(),
    k6Output: flag('--k6-output', "show k6's own output"),
  }),
  ...resultsOption('run folders are made'),
};

/** What every command that sends load says in its help. */
export const LOAD_NOTES = [
  'A flag beats -e, which beats the environment, which beats --env-file, which beats --environment.',
  'What follows -- goes to k6 unchanged, such as -- --out json=raw.json',
];

/** What was asked for, with where it was asked. */
export function withCall<Values extends ValuesOf<typeof LOAD_OPTIONS>>(
  values: Values,
  { environment, workingFolder, k6Arguments }: Call,
): Values & Pick<LoadRequest, 'sources' | 'workingFolder' | 'k6Arguments'> {
  return { ...values, sources: { ...values.sources, environment }, workingFolder, k6Arguments };
}

function settingOptions() {
  const optionOf = ({ name, flag, argument, description }: SettingDefinition) => ({
    ...text(`${flag} ${argument}`, `${description} [${name}]`),
    heading: OF_THE_TARGET.includes(name) ? HEADING.target : HEADING.settings,
  });
  return Object.fromEntries(SETTINGS.map((setting) => [setting.name, optionOf(setting)])) as Readonly<
    Record<SettingName, CommandOption<string | undefined>>
  >;
}

/** The delay may be left out. */
function abortOption(): CommandOption<number | undefined> {
  const { read, ...option } = parsed(
    '--abort-on-fail [delay]',
    `end a run as soon as it crosses a threshold, but not before the delay (default: ${ABORT_DELAY})`,
    (delay) => parseDurationSeconds(delay, '--abort-on-fail'),
  );
  return { ...option, read: (given) => read(given === true ? ABORT_DELAY : given) };
}
