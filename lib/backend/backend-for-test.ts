import { onTestFinished } from 'vitest';
import { type OpenBackend, openBackend } from './open-backend.ts';
import type { RunningBackend } from './start-backend.ts';
import type { Truth } from './truth.ts';

/** A backend in the process of the test: it starts at once, and nothing has to be ended but itself. */
export type BackendForTest = Omit<RunningBackend, 'pid'>;

/** Opens one, which whoever opened it has to stop. */
export async function openForTests(...args: string[]): Promise<BackendForTest> {
  const backend = await openBackend(['--port', '0', ...args]);
  return { url: backend.url, truthUrl: backend.truthUrl, ...truthOf(backend), stop: async () => backend.close() };
}

/** Opens one that is gone after the test. */
export async function openForTest(...args: string[]): Promise<BackendForTest> {
  const backend = await openForTests(...args);
  onTestFinished(() => backend.stop());
  return backend;
}

function truthOf({ truth }: OpenBackend): Pick<BackendForTest, 'readTruth' | 'resetTruth'> {
  return {
    // As a client reads it, so that nothing in it changes afterwards.
    readTruth: async () => structuredClone(truth.read()) as Truth,
    resetTruth: async () => truth.reset(),
  };
}
