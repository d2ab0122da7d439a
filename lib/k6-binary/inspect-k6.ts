import { listsRecorder, parseK6Version } from './k6-version.ts';
import { NO_OTHER_K6 } from './no-other-k6.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';
import type { Environment } from './search-path.ts';

/** What a k6 says of itself. */
export interface InspectedK6 {
  readonly kind: 'k6';
  /** Its version without the `v`. */
  readonly version: string;
  /** Whether our recorder is compiled in. */
  readonly hasRecorder: boolean;
}

/** What a file that should be k6 turned out to be. `problem` completes the sentence "it ...". */
export type Inspection = InspectedK6 | { readonly kind: 'not_k6'; readonly problem: string };

/** k6 answers within 20 ms; a first start under a virus scanner can take seconds. */
export const VERSION_TIMEOUT_MS = 10_000;

/** Runs `<file> version` and reads the answer. */
export async function inspectK6(file: string, env: Environment, timeoutMs = VERSION_TIMEOUT_MS): Promise<Inspection> {
  const end = await runProgram({ program: file, args: ['version'], env: withoutK6Settings(env), timeoutMs });
  const printed = end.kind === 'ended' && end.ok ? end.stdout : '';
  const version = parseK6Version(printed);
  if (version === undefined) return { kind: 'not_k6', problem: problemOf(end, timeoutMs) };
  return { kind: 'k6', version, hasRecorder: listsRecorder(printed) };
}

/** A bad K6_LOG_OUTPUT or the like keeps even `k6 version` from answering, and says nothing about the program. */
function withoutK6Settings(env: Environment): Environment {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('K6_'));
  return { ...Object.fromEntries(others), ...NO_OTHER_K6 };
}

function problemOf(end: ProgramEnd, timeoutMs: number): string {
  switch (end.kind) {
    case 'timed_out':
      return `did not answer "version" within ${timeoutMs / 1000} s`;
    case 'not_started':
      return `cannot be started: ${startProblem(end.error)}`;
    case 'ended':
      return `answered "version" with ${end.how} and ${firstLine(end.stdout) ?? firstLine(end.stderr) ?? 'no output'}`;
  }
}

function startProblem(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return `the system does not allow it to be run (${error.code}); is it marked as executable?`;
    case 'ENOENT':
      return 'the interpreter or loader it needs is not on this system (ENOENT)';
    case 'ENOEXEC':
    case 'UNKNOWN':
    case 'EBADARCH':
      return `it is not a program for ${process.platform} ${process.arch} (${error.code})`;
    default:
      return error.code ?? error.message;
  }
}

function firstLine(output: string): string | undefined {
  const line = output.split('\n').find((each) => each.trim() !== '');
  return line === undefined ? undefined : `"${line.trim().slice(0, 200)}"`;
}
