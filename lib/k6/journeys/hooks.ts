import type { Endpoint } from '../../core/spec/endpoint.ts';
import { serversOf } from '../../core/spec/server.ts';
import type { Credentials } from '../auth/auth.ts';
import { hideOwn } from './hide-own.ts';
import type { HookTools } from './hook-tools.ts';
import type { JourneysOfTest } from './journey-definition.ts';
import { reworded } from './reworded.ts';
import { ANYBODY, sendFor, sendOrStop } from './sender.ts';
import { askedBy, Steps } from './steps.ts';

/**
 * Lets `setup` or `teardown` of a test do its work.
 * @param seeded what `setup` returned, where it has
 * @throws what it throws, without what its users were told
 */
export async function runHook<T>(
  test: JourneysOfTest,
  hook: (tools: HookTools) => T,
  seeded?: unknown,
): Promise<Awaited<T>> {
  const users: Credentials[] = [];
  try {
    return await hook(hookTools(test, users));
  } catch (error) {
    const own = users.map((user) => user.own(test.target.href));
    throw reworded(error, (message) => hideOwn(message, seeded, own));
  }
}

/** @param users whoever logs in is added to them */
function hookTools(test: JourneysOfTest, users: Credentials[]): HookTools {
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
      users.push(credentials);
      await credentials.ready();
      return sendFor(stepOf, credentials);
    },
  };
}
