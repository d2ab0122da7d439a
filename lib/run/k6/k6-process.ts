import { closeSync, openSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { MemoryUse } from '../../core/spec/memory-use.ts';
import { present } from '../../core/spec/present.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';
import { NO_OTHER_K6 } from '../../k6-binary/no-other-k6.ts';
import { followFile } from '../../process/follow-file.ts';
import { watchMemory } from '../../process/memory.ts';
import { startProcess } from '../../process/start-process.ts';
import { type ProcessUsage, watchUsage } from '../../process/usage.ts';
import type { Terminal } from '../../results/terminal.ts';
import type { Interruption } from '../interruption.ts';
import { hideSecrets, knownSecrets } from '../known-secrets.ts';
import type { LoggedExceptions } from './exceptions-in-log.ts';
import { hidingPaths, withoutQueries } from './hide-urls.ts';
import { iterationsAtEnd, K6Output, type K6Progress } from './k6-progress.ts';
import { keepLog } from './keep-log.ts';
import { forK6 } from './kept-from-k6.ts';
import type { ProgressDisplay } from './show-progress.ts';

/** How k6 ended: by itself with a code, or by a signal. */
export interface K6End {
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** What k6 itself took of the machine; undefined where it was too short to be seen. */
  readonly usage: ProcessUsage | undefined;
  /** The machine's memory meanwhile. */
  readonly memory?: MemoryUse;
  /** As k6 counts them; absent where it did not come to its end. */
  readonly iterations?: Pick<K6Progress, 'complete' | 'interrupted'>;
  /** Of the script, as k6 logged them. */
  readonly exceptions?: LoggedExceptions;
}

/** What k6 is to run: data alone, so that it can be carried out elsewhere. */
export interface K6Order {
  readonly k6: K6Binary;
  readonly bundle: string;
  /** The bundle goes to k6 by standard input: k6 then looks for files in its working folder. @default false */
  readonly isInput?: boolean;
  /** Its whole environment, besides the variables. @default our own, without what scenarios are not to see */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Added to the environment: the scenario's variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Before all others. @default those of a scenario */
  readonly ownArguments?: readonly string[];
  /** What k6 says on standard error goes here, in short. */
  readonly logFile: string;
  /** Paths of endpoints with parameters: what stands in place of these is kept out of the log. */
  readonly pathTemplates?: readonly string[];
  /** Passed to k6 unchanged. */
  readonly k6Arguments: readonly string[];
}

/** How long k6 may take to write its summary before a further Ctrl-C kills it. */
const PATIENCE_MS = 10_000;

/** The arguments of every k6 run of ours. */
export function k6RunArguments(
  bundle: string,
  k6Arguments: readonly string[],
  ownArguments: readonly string[] = ['--no-usage-report', '--log-output=stderr'],
): string[] {
  return ['run', ...ownArguments, ...k6Arguments, bundle];
}

/** Of a k6 that has the recorder: it keeps the figures, and so k6's own are off. They would keep every sample. */
export function recordingArguments(recordFile: string): string[] {
  return ['--no-thresholds', '--summary-mode=disabled', `--out=verdict=${recordFile}`];
}

/**
 * The environment of every k6 process of ours. Go's garbage collector takes a good part of the CPU time of a k6 that
 * keeps every sample: with this setting it runs a quarter as often, until the heap nears half of the memory.
 */
export function k6Environment(
  variables: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = forK6(process.env),
): NodeJS.ProcessEnv {
  const limitMiB = Math.floor(usableMemoryBytes() / 2 / 1024 ** 2);
  return { GOGC: '400', GOMEMLIMIT: `${limitMiB}MiB`, ...environment, ...variables, ...NO_OTHER_K6 };
}

/** The machine's memory, or what a container leaves of it. */
export function usableMemoryBytes(): number {
  return Math.min(process.constrainedMemory() || os.totalmem(), os.totalmem());
}

/** A k6 process that was started, and the end of it. */
export interface StartedK6 {
  readonly ended: Promise<K6End>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/**
 * Starts k6. It does not outlive us. What it writes to standard output is read by us, on a terminal too: its progress
 * alone says how many iterations were interrupted, and a CI runner would take some text of it for a command.
 */
export function startK6(order: K6Order, display: ProgressDisplay): StartedK6 {
  const { k6, bundle, isInput = false, variables, environment, logFile, k6Arguments, ownArguments } = order;
  const env = k6Environment(variables, environment);
  const secrets = knownSecrets(k6Arguments, env);
  const hidePaths = hidingPaths(order.pathTemplates ?? []);
  const hide = (line: string) => hidePaths(withoutQueries(hideSecrets(line, secrets)));
  const output = new K6Output(display.show, (line) => display.print(hideSecrets(line, secrets)));
  const written = readOutput(path.join(path.dirname(logFile), '.display'), (line) => {
    display.printAll?.(hideSecrets(line, secrets));
    output.take(line);
  });
  const input = isInput ? openSync(bundle, 'r') : undefined;
  const started = startProcess({
    program: k6.path,
    args: k6RunArguments(isInput ? '-' : bundle, k6Arguments, ownArguments),
    env,
    ...present({ stdin: input }),
    stdout: written.descriptor,
    stderr: 'pipe',
    // In a group of its own k6 hears of a Ctrl-C once, from us. Hearing it twice it would write no summary.
    askedBy: 'SIGINT',
  });
  if (input !== undefined) closeSync(input);
  const logged = started.stderr === undefined ? undefined : keepLog(started.stderr, logFile, hide);
  const usage = started.pid === undefined ? undefined : watchUsage(started.pid);
  const memory = watchMemory();
  const ended = started.ended.then(async (end) => {
    const used = usage?.end();
    const memoryUse = memory.end();
    written.end();
    display.end();
    const exceptions = await logged;
    if (end.kind === 'not_started') throw end.error;
    const { exitCode, signal } = end;
    return {
      exitCode,
      signal,
      usage: used,
      memory: memoryUse,
      ...present({ exceptions, iterations: signal === undefined ? iterationsAtEnd(output.last) : undefined }),
    };
  });
  return { ended, kill: started.signal };
}

/** @param file keeps what k6 writes until we have read it; open, it needs no name, and so is never left behind */
function readOutput(
  file: string,
  onLine: (line: string) => void,
): { readonly descriptor: number; readonly end: () => void } {
  const descriptor = openSync(file, 'w');
  const end = followFile(file, onLine);
  rmSync(file, { force: true });
  return {
    descriptor,
    end: () => {
      end();
      closeSync(descriptor);
    },
  };
}

/** Runs k6 to its end. @returns undefined where somebody wants us to end: it was not started */
export async function runK6(
  order: K6Order,
  interruption: Interruption,
  display: ProgressDisplay,
  say: Terminal['say'],
): Promise<K6End | undefined> {
  let k6: StartedK6 | undefined;
  if (!interruption.startLoad(stopInTurns((signal) => k6?.kill(signal), say))) return undefined;
  k6 = startK6(order, display);
  return k6.ended.finally(interruption.endLoad);
}

/** The first signal stops k6, which writes what it measured; a later one kills it, but not too soon. */
export function stopInTurns(kill: StartedK6['kill'], say: (line: string) => void): (times: number) => void {
  let stoppedAtMs = 0;
  return (times) => {
    if (times === 1) {
      stoppedAtMs = Date.now();
      say('Stopping k6: it writes what was measured so far.');
      kill('SIGINT');
    } else if (Date.now() - stoppedAtMs > PATIENCE_MS) {
      kill('SIGKILL');
    } else {
      say(`Still stopping. A Ctrl-C after ${PATIENCE_MS / 1000} s kills k6, and the measurements are lost.`);
    }
  };
}
