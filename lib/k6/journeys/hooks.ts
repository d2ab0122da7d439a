import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { HookTools } from './hook-tools.ts';
import { ANYBODY, sendFor, sendOrStop } from './sender.ts';
import { type AskedByTest, Steps } from './steps.ts';

/** What `setup` and `teardown` of a test can do. */
export function hookTools(asked: AskedByTest): HookTools {
  const steps = new Steps(asked, 'hook');
  const stepOf = (endpoint: Endpoint) => steps.getOrMake(endpoint);
  return {
    send: sendFor(stepOf, ANYBODY),
    as: async (auth) => {
      const credentials = auth.begin({
        sendWith: (carried) => sendOrStop(stepOf, carried),
        row: auth.data?.rowForTrial(),
      });
      await credentials.ready?.();
      return sendFor(stepOf, credentials);
    },
  };
}
