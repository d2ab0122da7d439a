import { closeSync, openSync } from 'node:fs';
import { present } from '../../core/spec/present.ts';
import { collectWithin } from '../../process/output.ts';
import { startProcess } from '../../process/start-process.ts';
import type { Terminal } from '../../results/terminal.ts';
import { type K6Order, k6Environment } from '../k6/k6-process.ts';
import { type GivenArgument, readArguments, valuesOf } from '../script/script-arguments.ts';

/** By which Grafana's dashboards for k6 tell runs apart. */
const TEST_ID = 'testid';

/** Options of `k6 run` that say what a script is told before its load; `k6 inspect` knows them as well. */
const OPTIONS_OF_LOADING = ['config', 'env', 'compatibility-mode', 'type', 'secret-source'];
const SYSTEM_VARIABLES = 'include-system-env-vars';

/** A script is loaded within seconds; only what never ends takes longer. */
const LOADING_MS = 60_000;
/** Far more than the options of any script. */
const MOST_CHARACTERS = 64 * 1024 ** 2;

/**
 * An order whose samples carry the id of the run, for the outputs besides our record; as it is where its user names the
 * run, by argument, variable, script or configuration file.
 */
export async function withRunTag(order: K6Order, runId: string, say: Terminal['say']): Promise<K6Order> {
  const given = valuesOf('tag', order.k6Arguments);
  // An argument takes the place of all tags that are set elsewhere, which therefore become arguments, too.
  const others = given.length > 0 ? {} : await tagsSetElsewhere(order);
  if (others === undefined) {
    say(`Samples have no tag ${TEST_ID}: k6 did not tell which tags the script has.`);
    return order;
  }
  if (Object.hasOwn(others, TEST_ID) || given.some((tag) => tag.startsWith(`${TEST_ID}=`))) return order;
  const tags = Object.entries({ ...others, [TEST_ID]: runId }).map(([name, value]) => `--tag=${name}=${value}`);
  return { ...order, k6Arguments: [...tags, ...order.k6Arguments] };
}

/** The tags of script, K6_TAGS and configuration file, as k6 consolidates them; undefined where it cannot load the script. */
async function tagsSetElsewhere(order: K6Order): Promise<Readonly<Record<string, string>> | undefined> {
  const { k6, bundle, isInput = false, variables, environment, k6Arguments } = order;
  const input = isInput ? openSync(bundle, 'r') : undefined;
  const started = startProcess({
    program: k6.path,
    args: ['inspect', '--execution-requirements', ...loadingArguments(k6Arguments), isInput ? '-' : bundle],
    env: k6Environment(variables, environment),
    ...present({ stdin: input }),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  if (input !== undefined) closeSync(input);
  const whole = await collectWithin(started, { mostCharacters: MOST_CHARACTERS, ms: LOADING_MS });
  if (whole === 'timed_out' || whole.end.kind === 'not_started' || whole.end.exitCode !== 0) return undefined;
  return tagsIn(whole.stdout);
}

function loadingArguments(k6Arguments: readonly string[]): string[] {
  const given = readArguments(k6Arguments);
  const asIs = given.filter(({ option }) => OPTIONS_OF_LOADING.includes(option)).map(written);
  const system = given.findLast(({ option }) => option === SYSTEM_VARIABLES);
  return [...asIs, system === undefined ? `--${SYSTEM_VARIABLES}` : written(system)];
}

function written({ option, value }: GivenArgument): string {
  return value === undefined ? `--${option}` : `--${option}=${value}`;
}

/** An empty value is one that no argument can set. */
function tagsIn(inspected: string): Readonly<Record<string, string>> | undefined {
  try {
    const { tags } = JSON.parse(inspected) as { readonly tags?: Readonly<Record<string, string>> | null };
    return Object.fromEntries(Object.entries(tags ?? {}).filter(([, value]) => value !== ''));
  } catch {
    return undefined;
  }
}
