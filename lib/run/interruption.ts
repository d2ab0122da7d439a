import { EXIT } from '../core/spec/exit-codes.ts';
import { wait } from '../process/wait.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a signal does while a run goes on. */
export interface Interruption {
  /** From now on signals go to this handler. */
  handOver(handler: (times: number) => void): void;
  /** From now on signals end the program after the clean-up, as before. */
  takeBack(): void;
  /** Waits; false if a signal came first. */
  pause(seconds: number): Promise<boolean>;
  /** Signals have their usual effect again. */
  release(): void;
}

/** Catches signals, so that nothing the run has started stays behind. */
export function watchSignals(cleanUp: () => Promise<void>): Interruption {
  let times = 0;
  let handler: ((times: number) => void) | undefined;
  const onSignal = () => {
    times += 1;
    if (handler !== undefined) return handler(times);
    if (times === 1) void cleanUp().finally(() => process.exit(EXIT.interrupted));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const handOver = (next: typeof handler) => {
    times = 0;
    handler = next;
  };
  return {
    handOver,
    pause: (seconds) =>
      new Promise<boolean>((resolve) => {
        const over = new AbortController();
        void wait(seconds * 1000, over.signal).then(resolve);
        handOver(() => over.abort());
      }).finally(() => handOver(undefined)),
    takeBack: () => handOver(undefined),
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
