import { requireConsent } from '../core/spec/base-url.ts';
import { UserError } from '../core/spec/errors.ts';
import { parseSettings, type Settings } from '../core/spec/settings.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { type Project, scenarioFile } from '../results/project.ts';
import { refuseArguments, refuseConfigFile, refuseInheritedOptions } from './k6/k6-guard.ts';
import { forK6 } from './k6/kept-from-k6.ts';
import { needsRecorder } from './k6/needs-recorder.ts';
import type { LoadRequest } from './load-request.ts';
import type { PreparedScenario, WantedScenario } from './prepare-scenarios.ts';
import { scenarioVariables, sourceOfBaseUrl } from './setting-sources.ts';
import { chooseTarget } from './target/choose-target.ts';
import { USUAL_PROFILE } from './target/reference-target.ts';
import type { Target } from './target/target.ts';

/** What is told to scenarios, once all that can be wrong with it was looked at. */
export interface CheckedScenarios {
  /** In their order. */
  readonly files: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: Settings;
  readonly target: Target;
}

/** @throws UserError for whatever is wrong before k6 is even looked for */
export function checkScenarios(
  request: LoadRequest,
  project: Project,
  wanted: readonly WantedScenario[],
): CheckedScenarios {
  const files = wanted.map(({ name }) => scenarioFile(project, name));
  const variables = checkedVariables(request, project);
  const settings = parseSettings((name) => variables[name]);
  const named = sourceOfBaseUrl(request.sources, variables);
  const target = chooseTarget(variables.BASE_URL, request.backendProfile, project.root, named);
  refuseContradictions(request, settings, target, wanted);
  if (settings.metricsUrl !== undefined)
    requireConsent(settings.metricsUrl, settings.allowedHosts, 'METRICS_URL', 'Asking for metrics');
  // k6 is told of a service that package.json declares as of any other.
  const ofTarget = target.kind === 'reference-backend' ? {} : { BASE_URL: target.url };
  return { files, variables: { ...variables, ...ofTarget }, settings, target };
}

/** What k6 is told. @throws UserError for what would change the load or the summary behind the report's back */
function checkedVariables({ sources, k6Arguments }: LoadRequest, project: Project): Record<string, string> {
  const variables = scenarioVariables(sources);
  variables.LOAD_ALLOW_HOSTS = [variables.LOAD_ALLOW_HOSTS, ...project.allowedHosts].filter(Boolean).join(',');
  const seenByK6 = { ...sources.environment, ...variables };
  refuseInheritedOptions(seenByK6);
  refuseConfigFile(seenByK6);
  refuseArguments(k6Arguments);
  return forK6(variables);
}

/** Refuses what would be ignored in silence. */
function refuseContradictions(
  { backendProfile }: LoadRequest,
  settings: Settings,
  target: Target,
  wanted: readonly WantedScenario[],
): void {
  if (target.kind !== 'reference-backend' && backendProfile !== USUAL_PROFILE) {
    throw new UserError({
      what: `--backend-profile has no meaning beside ${target.named}: the reference backend is not the target.`,
      received: `--backend-profile and ${target.named}`,
      expected: 'one of the two',
    });
  }
  if (settings.plan !== undefined && wanted.some(({ plan }) => plan !== undefined)) {
    throw new UserError({
      what: 'PLAN has no meaning for a suite: it names the plan of each of its runs itself.',
      received: 'PLAN',
      expected: 'PLAN (--plan) left out',
    });
  }
}

/** What a question cannot be answered from is said before its load, and not after hours of it. */
export function refuseWithoutRecorder(k6: K6Binary, scenarios: readonly PreparedScenario[]): void {
  const needing = k6.hasRecorder ? undefined : scenarios.find(({ facts }) => facts.needsRecorder === true);
  if (needing === undefined) return;
  const { name, facts } = needing;
  throw needsRecorder(
    `${name} needs the recorder of k6-verdict: k6's own summary does not keep what ${facts.study === undefined ? 'became of its journeys' : `its test type (${facts.study}) needs`}.`,
    k6,
  );
}
