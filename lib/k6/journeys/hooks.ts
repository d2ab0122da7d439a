import type { Endpoint } from '../../core/spec/endpoint.ts';
import { serversOf } from '../../core/spec/server.ts';
import type { HookTools } from './hook-tools.ts';
import type { JourneysOfTest } from './journey-definition.ts';
import { ANYBODY, sendFor, sendOrStop } from './sender.ts';
import { askedBy, Steps } from './steps.ts';

/** What `setup` and `teardown` of a test can do. */
export function hookTools(test: JourneysOfTest): HookTools {
  const steps = new Steps(askedBy(test), 'hook');
  const { allowedHosts } = test.settings;
  const read = (variable: string) => __ENV[variable];
  const stepOf = (endpoint: Endpoint) => steps.getOrMake(endpoint, () => serversOf([endpoint], read, allowedHosts));
  return {
    send: sendFor(stepOf, ANYBODY),
    as: async (auth) => {
      const credentials = auth.begin({
        sendWith: (carried) => sendOrStop(stepOf, carried),
        row: auth.data?.rowForTrial(),
      });
      await credentials.ready();
      return sendFor(stepOf, credentials);
    },
  };
}
