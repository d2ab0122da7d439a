import { type BaseUrl, parseBaseUrl } from '../../core/spec/base-url.ts';
import { type CommandTarget, openCommand } from './command-target.ts';
import { requireReachable, type WayToTarget } from './look-ahead.ts';
import type { ReferenceTarget } from './reference-target.ts';
import type { RunningTarget } from './running-target.ts';
import { startReference } from './start-reference.ts';

/** What load is put on: a service that runs, one that a command starts, or the reference backend. */
export type Target = RunningTarget | CommandTarget | ReferenceTarget;

/** A target that takes load. */
export interface OpenTarget {
  readonly kind: Target['kind'];
  /** Where it answers. It can hold credentials: for k6 alone. */
  readonly url: string;
  readonly address: BaseUrl;
  /** Where it tells its metrics, as far as that is known. */
  readonly metricsUrl?: BaseUrl;
  /** May be called again. */
  readonly stop: () => Promise<void>;
}

/** Makes a target ready for load. @param over aborted when it is no longer wanted @throws UserError when it does not get so, or cannot be reached */
export async function openTarget(target: Target, way: WayToTarget, over: AbortSignal): Promise<OpenTarget> {
  switch (target.kind) {
    case 'running':
      await requireReachable(target, way);
      return { ...opened(target), stop: async () => {} };
    case 'command': {
      const stop = await openCommand(target, over);
      try {
        await requireReachable({ address: target.address, named: target.named }, way);
      } catch (error) {
        await stop();
        throw error;
      }
      return { ...opened(target), stop };
    }
    case 'reference-backend': {
      const started = await startReference(target);
      return { kind: target.kind, address: parseBaseUrl(started.url), ...started };
    }
  }
}

function opened({ kind, url, address }: RunningTarget | CommandTarget): Omit<OpenTarget, 'stop'> {
  return { kind, url, address };
}
