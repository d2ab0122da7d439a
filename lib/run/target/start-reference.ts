import { type BaseUrl, parseBaseUrl } from '../../core/spec/base-url.ts';
import { startService } from '../../process/start-service.ts';
import { BACKEND_ENTRY } from '../installation.ts';
import { REFERENCE_METRICS_PATH, type ReferenceTarget } from './reference-target.ts';

/** The reference backend as it was started for a load. */
export interface StartedReference {
  readonly url: string;
  readonly metricsUrl: BaseUrl;
  readonly stop: () => Promise<void>;
}

/** @throws UserError with its last words, when it does not become ready */
export async function startReference({ profile, args }: ReferenceTarget): Promise<StartedReference> {
  const { ready, stop } = await startService({
    name: 'The reference backend',
    args: [BACKEND_ENTRY, '--profile', profile, '--port', '0', ...args],
    isReady,
  });
  return { url: ready.url, metricsUrl: parseBaseUrl(`${ready.url}${REFERENCE_METRICS_PATH}`), stop };
}

function isReady(message: unknown): message is { readonly ready: true; readonly url: string } {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}
