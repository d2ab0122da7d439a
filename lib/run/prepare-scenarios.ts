import path from 'node:path';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import type { TestFacts } from '../core/spec/test-facts.ts';
import { shownPath } from '../files/shown-path.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { besideScenario, bundleScenario } from './k6/bundle-scenario.ts';
import { inspectScenario } from './k6/inspect-scenario.ts';

/** A scenario to prepare, and the plan it must have (else what PLAN says). */
export interface WantedScenario {
  readonly name: string;
  readonly plan?: string;
}

/** A scenario that k6 has loaded once: it will start. */
export interface PreparedScenario {
  readonly kind: 'scenario';
  readonly name: string;
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly facts: TestFacts;
}

export type Preparation =
  | { readonly kind: 'prepared'; readonly scenarios: readonly PreparedScenario[] }
  | { readonly kind: 'not_loadable'; readonly name: string; readonly message: string; readonly exitCode: number };

/** Bundles scenarios, and lets k6 load each of them once. @param files of the scenarios, in their order */
export async function prepareScenarios(
  k6: K6Binary,
  wanted: readonly WantedScenario[],
  files: readonly string[],
  variables: Readonly<Record<string, string>>,
  folder: string,
): Promise<Preparation> {
  const scenarios: PreparedScenario[] = [];
  for (const [i, { name, plan }] of wanted.entries()) {
    const bundle = path.join(folder, `${i + 1}-${name}.js`);
    // All parts of a larger test are met at rest before its first load.
    const file = files[i] ?? '';
    await bundleScenario(file, bundle, i === 0 ? files.slice(1) : []);
    const own = { ...variables, ...besideScenario(file), ...present({ PLAN: plan }) };
    const inspection = await inspectScenario(k6, bundle, own).catch((error) => {
      throw inFile(error, file);
    });
    if (!inspection.ok) return { kind: 'not_loadable', name, ...inspection };
    scenarios.push({ kind: 'scenario', name, bundle, variables: own, facts: inspection.facts });
  }
  return { kind: 'prepared', scenarios };
}

/** A mistake in a scenario, with its file: of a suite there are several. */
function inFile(error: unknown, file: string): unknown {
  if (!(error instanceof UserError)) return error;
  return new UserError({ what: `${error.message}\n  in:       ${shownPath(file)}` });
}
