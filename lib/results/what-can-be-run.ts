import { readFileSync } from 'node:fs';
import path from 'node:path';
import { present } from '../core/spec/present.ts';
import { listScenarios, nothingToRun, type Project, readOwnConfig } from './project.ts';

/** A scenario or a suite of a project. */
export interface Runnable {
  readonly name: string;
  /** The question it is run for, where its file says so in plain text. */
  readonly purpose?: string;
}

/** Every scenario and every suite of a project, each kind in its own order. */
export interface WhatCanBeRun {
  readonly scenarios: readonly Runnable[];
  readonly suites: readonly Runnable[];
}

/**
 * What there is to be run, read from the files alone: nothing is bundled, and no k6 is needed.
 * @throws UserError for a project without scenarios, and for a file that cannot be read
 */
export function whatCanBeRun(project: Project): WhatCanBeRun {
  const names = listScenarios(project);
  if (names.length === 0) throw nothingToRun(project);
  const { suites = {} } = readOwnConfig(path.join(project.root, 'package.json'));
  return {
    scenarios: names.map((name) => {
      const source = readFileSync(path.join(project.scenariosFolder, `${name}.ts`), 'utf8');
      return { name, ...present({ purpose: purposeIn(source) }) };
    }),
    suites: Object.entries(suites).map(([name, suite]) => ({ name, ...present({ purpose: purposeOf(suite) }) })),
  };
}

const PURPOSE = /^\s*(?:.*[{,]\s*)?purpose:\s*(?<quote>['"`])(?<text>(?:\\.|(?!\k<quote>).)*)\k<quote>/m;

/** One that is put together when the scenario is loaded is known to the scenario alone. */
function purposeIn(source: string): string | undefined {
  const { quote, text } = PURPOSE.exec(source)?.groups ?? {};
  if (text === undefined || (quote === '`' && text.includes('${'))) return undefined;
  return text.replace(/\\(.)/g, '$1');
}

/** Whether a suite is sound shows when it is run. */
function purposeOf(suite: unknown): string | undefined {
  const { purpose } = (suite ?? {}) as { readonly purpose?: unknown };
  return typeof purpose === 'string' ? purpose : undefined;
}
