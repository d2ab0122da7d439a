import { UserError } from '../../core/spec/errors.ts';
import { SETTINGS, type SettingName } from '../../core/spec/settings.ts';
import { USUAL_PROFILE } from '../target/reference-target.ts';

/** What `run` was told that a script could not follow. */
interface ScenarioOptions {
  readonly sources: { readonly flags: Readonly<Partial<Record<SettingName, string>>> };
  readonly backendProfile: string;
  readonly measuresAtRest: boolean;
  readonly abortOnFailAfterSeconds?: number;
  readonly parts?: Readonly<Record<string, unknown>>;
}

const OF_A_SCRIPT: readonly string[] = ['BASE_URL', 'RELEASE', 'LOAD_ALLOW_HOSTS'] satisfies readonly SettingName[];

/** @throws UserError that names every option which says what a scenario of the library is to do */
export function refuseOptionsOfScenarios(options: ScenarioOptions): void {
  const given = optionsOfScenarios(options);
  if (given.length === 0) return;
  const [it, has] = given.length === 1 ? ['it', 'has'] : ['them', 'have'];
  throw new UserError({
    what: `${given.join(', ')} ${has} no meaning for a script: it is run as it is.`,
    expected: "what the script's options and variables say, and what follows -- for k6",
    todo: `leave ${it} out; what k6 knows stands behind --, such as -- --vus 5 --duration 1m`,
  });
}

/** The options that say what a scenario of the library is to do, as the user wrote them. */
export function optionsOfScenarios(options: ScenarioOptions): string[] {
  const { sources, backendProfile, measuresAtRest, abortOnFailAfterSeconds, parts = {} } = options;
  const settings = SETTINGS.filter(({ name }) => sources.flags[name] !== undefined && !OF_A_SCRIPT.includes(name));
  return [
    ...settings.map(({ flag }) => flag),
    ...(backendProfile === USUAL_PROFILE ? [] : ['--backend-profile']),
    ...(measuresAtRest ? [] : ['--no-baseline']),
    ...(abortOnFailAfterSeconds === undefined ? [] : ['--abort-on-fail']),
    ...Object.entries(FLAGS_OF_PARTS).flatMap(([part, flag]) => (parts[part] === undefined ? [] : [flag])),
  ];
}

const FLAGS_OF_PARTS = { segment: '--segment' } as const;
