import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SystemUnderTest } from '../core/judge/run-summary.ts';
import { didYouMean } from '../core/spec/closest.ts';
import { UserError } from '../core/spec/errors.ts';
import { expectMembers } from '../core/spec/expect-members.ts';
import { present } from '../core/spec/present.ts';
import { shownName } from '../core/spec/shown.ts';
import { readJson } from '../files/read-json.ts';
import type { ReleasePolicy } from '../report/model/release-policy.ts';
import { expectShape } from './expect-shape.ts';
import { readReleasePolicy } from './release-policy.ts';
import config from './schemas/config.schema.json' with { type: 'json' };

/** The project whose scenarios are run: where the nearest package.json is, which may be a consumer's. */
export interface Project {
  readonly root: string;
  readonly scenariosFolder: string;
  readonly resultsFolder: string;
  /** Hosts that package.json allows load on: `"k6-verdict": { "allowHosts": [...] }`. */
  readonly allowedHosts: readonly string[];
  /** What package.json says of the service under test: `"k6-verdict": { "system": { "name": ..., "stack": ... } }`. */
  readonly system?: SystemUnderTest;
  /** What package.json wants to see before a release: `"k6-verdict": { "release": { "needs": [...] } }`. */
  readonly release?: ReleasePolicy;
}

/** @throws UserError when no folder from `from` upwards has a package.json, or it is no JSON */
export function findProject(from: string): Project {
  const root = nearestPackage(from);
  if (root === undefined) {
    throw new UserError({
      what: 'There is no project here.',
      received: `no package.json in ${from} or above it`,
      expected: 'a folder with package.json and scenarios/',
      todo: 'change into the project and try again',
    });
  }
  const packageFile = path.join(root, 'package.json');
  return {
    root,
    scenariosFolder: path.join(root, 'scenarios'),
    resultsFolder: path.join(root, 'results'),
    allowedHosts: readAllowedHosts(packageFile),
    ...present({
      system: readSystem(packageFile),
      release: readReleasePolicy(readOwnConfig(packageFile).release, packageFile),
    }),
  };
}

/** The project around a folder, with its results where the command line says. @throws UserError as findProject */
export function projectAround({
  workingFolder,
  resultsFolder,
}: {
  readonly workingFolder: string;
  readonly resultsFolder?: string;
}): Project {
  const project = findProject(workingFolder);
  return { ...project, resultsFolder: resultsFolder ?? project.resultsFolder };
}

/** The same for what needs no project: without package.json the working folder stands for it. */
export function projectOrFolder(place: Parameters<typeof projectAround>[0]): Project {
  const { workingFolder, resultsFolder = path.join(workingFolder, 'results') } = place;
  if (nearestPackage(workingFolder) !== undefined) return projectAround(place);
  return {
    root: workingFolder,
    scenariosFolder: path.join(workingFolder, 'scenarios'),
    resultsFolder,
    allowedHosts: [],
  };
}

function nearestPackage(from: string): string | undefined {
  let folder = path.resolve(from);
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
  return folder;
}

function readAllowedHosts(packageFile: string): string[] {
  const { allowHosts } = readOwnConfig(packageFile);
  if (allowHosts === undefined) return [];
  return expectShape('allowHosts', allowHosts, {
    what: `"k6-verdict".allowHosts in ${packageFile} is not a list of hosts.`,
    expected: 'an array of host names, such as ["staging.example.com"]',
    name: 'allowHosts',
  });
}

function readSystem(packageFile: string): SystemUnderTest | undefined {
  const { system } = readOwnConfig(packageFile);
  if (system === undefined) return undefined;
  return expectShape('system', system, {
    what: `"k6-verdict".system in ${packageFile} does not describe a service.`,
    expected: 'an object such as { "name": "Orders 2.1", "stack": "fastapi" }, both optional',
    name: 'system',
  });
}

/**
 * What a package.json says under `"k6-verdict"`: its members are not checked yet, but known. A misspelt "target" would
 * put the load on the reference backend.
 * @throws UserError for a member that nobody reads
 */
export function readOwnConfig(packageFile: string): {
  allowHosts?: unknown;
  budgets?: unknown;
  comparison?: unknown;
  environments?: unknown;
  release?: unknown;
  suites?: Record<string, unknown>;
  system?: unknown;
  target?: unknown;
} {
  const own = (parsePackage(packageFile) as { 'k6-verdict'?: unknown } | null)?.['k6-verdict'];
  if (own === undefined) return {};
  expectMembers(`"k6-verdict" in ${packageFile}`, own, Object.keys(config.properties));
  return own;
}

function parsePackage(packageFile: string): unknown {
  return readJson(packageFile, { what: `${packageFile} cannot be read.`, expected: 'JSON' });
}

/** The names of the scenarios of a project, in alphabetical order. */
export function listScenarios({ scenariosFolder }: Project): string[] {
  if (!existsSync(scenariosFolder)) return [];
  if (!statSync(scenariosFolder).isDirectory()) throw noFolder(scenariosFolder);
  return (
    readdirSync(scenariosFolder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))
      // Whatever builds them would wait for a pipe, and read a device for ever.
      .filter((file) => statSync(path.join(scenariosFolder, file), { throwIfNoEntry: false })?.isFile() === true)
      .map((file) => path.basename(file, '.ts'))
      .sort()
  );
}

function noFolder(scenariosFolder: string): UserError {
  return new UserError({
    what: 'This project has no scenarios.',
    received: `${scenariosFolder} is not a folder`,
    expected: 'a folder with files such as scenarios/sustained.ts',
  });
}

/** The file of a scenario. @throws UserError that lists the scenarios there are and names the nearest one */
export function scenarioFile(project: Project, name: string): string {
  const names = listScenarios(project);
  if (names.includes(name)) return path.join(project.scenariosFolder, `${name}.ts`);
  throw names.length > 0 ? unknownName('scenario', name, names) : nothingToRun(project);
}

/** An error for a project without scenarios. */
export function nothingToRun({ scenariosFolder }: Pick<Project, 'scenariosFolder'>): UserError {
  return new UserError({
    what: 'This project has no scenarios.',
    received: `nothing to run in ${scenariosFolder}`,
    expected: 'a file such as scenarios/sustained.ts',
  });
}

/** An error that lists the names there are and suggests the nearest; `whereToAdd` stands where there are none. */
export function unknownName(kind: string, name: string, names: readonly string[], whereToAdd = ''): UserError {
  const isAny = names.length > 0;
  return new UserError({
    what: `There is no such ${kind}.`,
    received: shownName(name),
    expected: isAny ? `one of: ${names.join(', ')}` : whereToAdd,
    ...present({ todo: didYouMean(name.replace(/\.[jt]s$/, ''), names) }),
  });
}
