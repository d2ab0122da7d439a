import { UserError } from '../core/errors.ts';
import { FACTS_KEY, type TestFacts } from '../core/test-facts.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { collectToEnd } from '../process/output.ts';
import { startProcess } from '../process/start-process.ts';
import { k6Environment } from './k6-process.ts';

/** What k6 says of a scenario that it loaded without running it. */
export type Inspection =
  | { readonly ok: true; readonly facts: TestFacts }
  /** `exitCode` is k6's own. */
  | { readonly ok: false; readonly exitCode: number; readonly message: string };

/** Far more than the options of any scenario. */
const MOST_CHARACTERS = 64 * 1024 ** 2;

/**
 * Lets k6 load the scenario, which sends nothing: settings that do not fit and exceptions show before the load.
 * @throws UserError that the scenario itself raised, in its own words
 */
export async function inspectScenario(
  k6: K6Binary,
  bundle: string,
  variables: Readonly<Record<string, string>>,
): Promise<Inspection> {
  const args = ['inspect', '--include-system-env-vars', '--log-format=json', '--log-output=stderr', bundle];
  const process = startProcess({
    program: k6.path,
    args,
    env: k6Environment(variables),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const { stdout, stderr, end } = await collectToEnd(process, MOST_CHARACTERS);
  if (end.kind === 'not_started') throw end.error;
  if (end.exitCode === 0) return { ok: true, facts: factsIn(stdout) };
  const message = lastError(stderr);
  const ours = /^UserError: (?<text>[\s\S]*?)(?=\n\tat |$)/.exec(message)?.groups?.text;
  if (ours !== undefined) throw new UserError({ what: ours.trim() });
  return { ok: false, exitCode: end.exitCode ?? 1, message };
}

/** A scenario that defineLoadTest did not make would send its load, and leave nothing to judge. */
function factsIn(options: string): TestFacts {
  const { ext } = JSON.parse(options) as { ext?: Record<string, TestFacts | undefined> | null };
  const facts = ext?.[FACTS_KEY];
  if (facts !== undefined) return facts;
  throw new UserError({
    what: 'The scenario does not export what defineLoadTest made.',
    received: 'options without its mark',
    expected: 'export const { options, setup, teardown, handleSummary } = test; export default test.iterate;',
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
