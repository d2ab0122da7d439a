import type { ProcessEnd, StartedProcess } from './start-process.ts';

/** The end of all that a process says, for whoever must tell why it failed. */
export function keepLastWords({ stdout, stderr }: StartedProcess, mostCharacters: number): () => string {
  let words = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-mostCharacters);
    });
  }
  return () => words.trim();
}

interface CollectedOutput {
  readonly stdout: string;
  readonly stderr: string;
}

function collectOutput(process: StartedProcess, mostCharacters: number): CollectedOutput {
  const collected = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name]?.setEncoding('utf8').on('data', (text: string) => {
      collected[name] += text;
      if (collected[name].length > mostCharacters) process.signal('SIGKILL');
    });
  }
  return collected;
}

/** How a process ended, and all that it said until then. */
export interface WholeEnd extends CollectedOutput {
  readonly end: ProcessEnd;
}

/** Waits for the end of a process. One that says more than `mostCharacters` is killed: it must not fill the memory. */
export async function collectToEnd(process: StartedProcess, mostCharacters: number): Promise<WholeEnd> {
  const collected = collectOutput(process, mostCharacters);
  const end = await process.ended;
  await process.silent;
  return { ...collected, end };
}

export interface CollectingLimits {
  readonly mostCharacters: number;
  /** For ever by default. At most what one timer can hold. */
  readonly ms?: number;
}

/** The same within a time, at the end of which it is killed. */
export async function collectWithin(
  process: StartedProcess,
  { mostCharacters, ms }: CollectingLimits,
): Promise<WholeEnd | 'timed_out'> {
  const whole = collectToEnd(process, mostCharacters);
  if (ms === undefined) return whole;
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'timed_out'>((resolve) => {
    timer = setTimeout(() => resolve('timed_out'), ms);
  });
  try {
    const end = await Promise.race([whole, passed]);
    if (end === 'timed_out') giveUp(process);
    return end;
  } finally {
    clearTimeout(timer);
  }
}

function giveUp(process: StartedProcess): void {
  process.signal('SIGKILL');
  // Not waiting for the streams to close: whatever escaped the kill may hold them open.
  process.stdout?.destroy();
  process.stderr?.destroy();
}
