import { UserError } from '../../core/spec/errors.ts';
import { encodeRunOrder } from '../../core/spec/run-order.ts';
import { FACTS_KEY, type TestFacts } from '../../core/spec/test-facts.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';
import { collectWithin } from '../../process/output.ts';
import { describeEnd, startProcess } from '../../process/start-process.ts';
import { k6Environment } from './k6-process.ts';
import { mistakeInMetrics } from './metrics-of-budgets.ts';
import { needsRecorder } from './needs-recorder.ts';

/** The module that scenarios with journeys import, which no other k6 has. */
const SENDS_JOURNEYS = '"k6/x/verdict"';

/** What k6 says of a scenario that it loaded without running it. */
export type Inspection =
  | { readonly ok: true; readonly facts: TestFacts }
  /** `exitCode` is k6's own. */
  | { readonly ok: false; readonly exitCode: number; readonly message: string };

/** A scenario is loaded within a second, on a busy machine within some; only what never ends takes longer. */
const LOADING_MS = 60_000;

/** Only then does k6 look whether the script makes the metrics that have limits. */
const LOOKING_FOR_METRICS = ['--execution-requirements', '--log-format=json', '--log-output=stderr'];

/** Far more than the options of any scenario. */
const MOST_CHARACTERS = 64 * 1024 ** 2;

/**
 * Lets k6 load the scenario, which sends nothing: settings that do not fit and exceptions show before the load.
 * @throws UserError that the scenario itself raised, in its own words; for one that never stops loading, for a k6
 *   that does not answer, and for one that cannot send journeys
 */
export async function inspectScenario(
  k6: K6Binary,
  bundle: string,
  variables: Readonly<Record<string, string>>,
  timeoutMs = LOADING_MS,
): Promise<Inspection> {
  const args = ['inspect', '--include-system-env-vars', ...LOOKING_FOR_METRICS, bundle];
  const process = startProcess({
    program: k6.path,
    args,
    env: k6Environment({ ...variables, ...encodeRunOrder({ isInspected: true }) }),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const whole = await collectWithin(process, { mostCharacters: MOST_CHARACTERS, ms: timeoutMs });
  if (whole === 'timed_out') throw neverLoaded(k6, timeoutMs);
  const { stdout, stderr, end } = whole;
  if (end.kind === 'not_started') throw end.error;
  if (end.exitCode === 0) return { ok: true, facts: factsIn(stdout, k6) };
  if (end.exitCode === undefined) throw noOptions(k6, `it ended with ${describeEnd(end)}`);
  const message = lastError(stderr);
  const ours = /^UserError: (?<text>[\s\S]*?)(?=\n\tat |$)/.exec(message)?.groups?.text;
  if (ours !== undefined) throw new UserError({ what: ours.trim() });
  const mistake = mistakeInMetrics(message);
  if (mistake !== undefined) throw mistake;
  if (message.includes(SENDS_JOURNEYS)) throw needsRecorder('Journeys need the k6 of k6-verdict: it sends them.', k6);
  return { ok: false, exitCode: end.exitCode, message };
}

/** A scenario that defineLoadTest did not make would send its load, and leave nothing to judge. */
function factsIn(stdout: string, k6: K6Binary): TestFacts {
  const options = optionsIn(stdout, k6);
  const facts = options?.ext?.[FACTS_KEY];
  if (options?.httpDebug) throw writesSecrets();
  if (facts !== undefined) return facts;
  throw new UserError({
    what: 'The scenario does not export what defineLoadTest made.',
    received: 'options without its mark',
    expected: 'export const { options, setup, teardown, handleSummary } = test; export default test.iterate;',
  });
}

function optionsIn(
  stdout: string,
  k6: K6Binary,
): {
  ext?: Record<string, TestFacts | undefined> | null;
  httpDebug?: unknown;
} | null {
  try {
    return JSON.parse(stdout);
  } catch {
    throw noOptions(k6, stdout.trim() === '' ? 'it said nothing' : 'it said something that is no JSON');
  }
}

/** As an argument, a variable or in a configuration file it is refused before k6 is started. */
function writesSecrets(): UserError {
  return new UserError({
    what: "The scenario sets k6's option httpDebug, which writes each request with its credentials into the log.",
    expected: 'the options of defineLoadTest as they are',
    todo: 'take httpDebug out of the options',
  });
}

function neverLoaded({ path }: K6Binary, timeoutMs: number): UserError {
  return new UserError({
    what: `k6 did not load the scenario within ${timeoutMs / 1000} s: nothing was sent.`,
    received: `\`${path} inspect\`, which still ran and was ended`,
    expected: 'a scenario that is loaded in a moment',
    todo: 'look for a loop without an end in it and in what it imports; if K6_BIN is set, whether it names k6',
  });
}

function noOptions({ path }: K6Binary, received: string): UserError {
  return new UserError({
    what: `\`${path} inspect\` did not tell the options of the scenario: nothing was sent.`,
    received,
    expected: 'JSON, as k6 writes it',
    todo: 'if K6_BIN is set, check that it names k6',
  });
}

function lastError(stderr: string): string {
  const messages = stderr.split('\n').flatMap((line) => {
    try {
      const entry = JSON.parse(line) as { level?: string; msg?: string };
      return entry.level === 'error' && entry.msg !== undefined ? [entry.msg] : [];
    } catch {
      return [];
    }
  });
  return messages.at(-1)?.trim() ?? stderr.trim();
}
