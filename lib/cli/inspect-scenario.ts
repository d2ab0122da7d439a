import { execFile } from 'node:child_process';
import { UserError } from '../core/errors.ts';
import { FACTS_KEY, type TestFacts } from '../core/test-facts.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { k6Environment } from './k6-process.ts';

/** What k6 says of a scenario that it loaded without running it. */
export type Inspection =
  | { readonly ok: true; readonly facts: TestFacts }
  /** `exitCode` is k6's own. */
  | { readonly ok: false; readonly exitCode: number; readonly message: string };

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
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(k6.path, args, { env: k6Environment(variables), maxBuffer: 64 * 1024 ** 2 }, (error, output, text) => {
      resolve({
        code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1,
        stdout: output,
        stderr: text,
      });
    });
  });
  if (code === 0) return { ok: true, facts: factsIn(stdout) };
  const message = lastError(stderr);
  const ours = /^UserError: (?<text>[\s\S]*?)(?=\n\tat |$)/.exec(message)?.groups?.text;
  if (ours !== undefined) throw new UserError({ what: ours.trim() });
  return { ok: false, exitCode: code, message };
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
