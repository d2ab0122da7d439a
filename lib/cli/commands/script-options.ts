import { UserError } from '../../core/spec/errors.ts';
import { SETTINGS, type SettingName } from '../../core/spec/settings.ts';
import { USUAL_PROFILE } from '../../run/target/reference-target.ts';

/** A scenario's name never has a separator or the ending of a script. */
export function isScript(argument: string): boolean {
  return /[/\\]/.test(argument) || /\.[cm]?[jt]s$/i.test(argument);
}

/** What `run` was told that a script could not follow. */
interface ScenarioOptions {
  readonly sources: { readonly flags: Readonly<Partial<Record<SettingName, string>>> };
  readonly backendProfile: string;
  readonly measuresAtRest: boolean;
  readonly abortOnFailAfterSeconds?: number;
  readonly parts: Readonly<Record<string, unknown>>;
}

const OF_A_SCRIPT: readonly string[] = ['RELEASE', 'LOAD_ALLOW_HOSTS'] satisfies readonly SettingName[];

/** @throws UserError that names every option which says what a scenario of the library is to do */
export function refuseOptionsOfScenarios(options: ScenarioOptions): void {
  const { sources, backendProfile, measuresAtRest, abortOnFailAfterSeconds, parts } = options;
  const settings = SETTINGS.filter(({ name }) => sources.flags[name] !== undefined && !OF_A_SCRIPT.includes(name));
  const given = [
    ...settings.map(({ flag }) => flag),
    ...(backendProfile === USUAL_PROFILE ? [] : ['--backend-profile']),
    ...(measuresAtRest ? [] : ['--no-at-rest']),
    ...(abortOnFailAfterSeconds === undefined ? [] : ['--abort-on-fail']),
    ...Object.entries(FLAGS_OF_PARTS).flatMap(([part, flag]) => (parts[part] === undefined ? [] : [flag])),
  ];
  if (given.length === 0) return;
  throw new UserError({
    what: `${given.join(', ')} ${given.length === 1 ? 'has' : 'have'} no meaning for a script: it is run as it is.`,
    expected: "what the script's options and variables say, and what follows -- for k6",
    todo: `leave ${given.length === 1 ? 'it' : 'them'} out${settings.length > 0 ? '; for k6: -- --vus 5 --duration 1m, and for the script: -- -e BASE_URL=http://127.0.0.1:8000' : ''}`,
  });
}

const FLAGS_OF_PARTS = { instance: '--instance', runId: '--run-id', segment: '--segment' } as const;
