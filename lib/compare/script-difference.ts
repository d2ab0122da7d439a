import type { StoredRun } from '../core/judge/run-summary.ts';
import type { ScriptScenario, ScriptWorkload } from '../core/judge/script/script-workload.ts';
import { differs, optionsText } from './difference-text.ts';

type ScriptRun = Pick<StoredRun, 'scenario'> & { readonly workload?: ScriptWorkload };

/** In what the workloads of two scripts differ, as far as their summaries say it: one sentence for each part. */
export function scriptDifferences({ scenario, workload: a }: ScriptRun, other: ScriptRun): string[] {
  const { workload: b } = other;
  if (a === undefined || b === undefined) return [];
  return [
    scenario === other.scenario ? undefined : `the script ${scenario} against the script ${other.scenario}`,
    a.script === b.script
      ? undefined
      : `the script, or something that it imports, is another one: SHA-256 ${shortOf(a)} against ${shortOf(b)}`,
    differs('k6', a.k6, b.k6),
    differs('k6 options', optionsText(a.k6Options), optionsText(b.k6Options)),
    ...scenarioDifferences(a.scenarios, b.scenarios),
  ].filter((part) => part !== undefined);
}

function shortOf({ script }: ScriptWorkload): string {
  return script.slice(0, 12);
}

type Scenarios = ScriptWorkload['scenarios'];

function scenarioDifferences(a: Scenarios, b: Scenarios): (string | undefined)[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.map((name) => differs(`k6's scenario ${name}`, scenarioText(a[name]), scenarioText(b[name])));
}

/** `constant-vus, duration 1m0s, vus 5` */
function scenarioText(scenario: ScriptScenario | undefined): string {
  if (scenario === undefined) return 'none';
  const { executor, ...options } = scenario;
  const told = Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1));
  return [executor, ...told.map(([name, value]) => `${name} ${optionText(value)}`)].join(', ');
}

function optionText(value: unknown): string {
  if (Array.isArray(value)) return value.map(stageText).join(' then ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Up or down to so many users, or arrivals, in that time. */
function stageText(stage: { readonly duration?: unknown; readonly target?: unknown }): string {
  return `${stage.target} in ${stage.duration}`;
}
