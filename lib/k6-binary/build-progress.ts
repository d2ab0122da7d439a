/** A terminal, or what stands for it: `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export type Log = (line: string) => void;

const TERMINAL_INTERVAL_MS = 1_000;
const LOG_INTERVAL_MS = 15_000;
const CLEAR_LINE = '\r\x1b[2K';

/**
 * Shows that something long is still alive: on a terminal one line that counts the seconds, else (a CI log) a line
 * every 15 s. Returns the function that ends it; calling it again does no harm.
 */
export function showElapsed(activity: string, { log, stream }: { log: Log; stream: ProgressStream }): () => void {
  const startMs = performance.now();
  const text = (): string => `${activity}: ${Math.round((performance.now() - startMs) / 1000)} s`;
  if (stream.isTTY !== true) {
    const timer = setInterval(() => log(text()), LOG_INTERVAL_MS);
    return () => clearInterval(timer);
  }
  const show = (): void => void stream.write(CLEAR_LINE + text());
  show();
  const timer = setInterval(show, TERMINAL_INTERVAL_MS);
  let shown = true;
  return () => {
    clearInterval(timer);
    if (shown) stream.write(CLEAR_LINE);
    shown = false;
  };
}
