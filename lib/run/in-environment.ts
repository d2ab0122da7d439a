import type { Project } from '../results/project.ts';
import type { Terminal } from '../results/terminal.ts';
import { meetSecrets } from './known-secrets.ts';
import type { LoadRequest } from './load-request.ts';
import { scenarioVariables } from './setting-sources.ts';
import { readEnvironment } from './target/declared-environment.ts';

/**
 * What was asked for, in the environment that was named: what that says is where all settings come from that come from
 * nowhere else, and the hosts that it allows are allowed.
 * @throws UserError for an environment that package.json does not have, or one that cannot be meant
 */
export function inEnvironment<Request extends LoadRequest>(
  request: Request,
  project: Project,
  say: Terminal['say'],
): { readonly request: Request; readonly project: Project } {
  const { environmentName: name, sources } = request;
  if (name === undefined) return { request, project };
  const { variables, urls, allowedHosts } = readEnvironment(project.root, name);
  meetSecrets(variables);
  const inside = { ...request, sources: { ...sources, declared: variables } };
  const told = scenarioVariables(inside.sources);
  const beaten = urls.filter((url) => told[url] !== variables[url]);
  if (beaten.length > 0) say(`${beaten.join(', ')}: not as environment ${name} says, which a setting beats.`);
  return { request: inside, project: { ...project, allowedHosts: [...project.allowedHosts, ...allowedHosts] } };
}
