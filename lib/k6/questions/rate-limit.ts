import type { RateLimitPlan } from '../../core/questions/rate-limit/answer.ts';
import { rateLimit as question } from '../../core/questions/rate-limit/index.ts';
import { UserError } from '../../core/spec/errors.ts';
import type { Settings } from '../../core/spec/settings.ts';
import { limitedEndpoint } from './limited-endpoint.ts';
import { clientsOf, WINDOWS_NEEDED } from './rate-limit-clients.ts';
import type { StudyDefinition } from './study-definition.ts';

/**
 * Is the declared limit what is enforced, and can it be got around? For one endpoint that declares a limit, and one
 * stream of any shape: what is sent follows from the limit.
 */
export function rateLimit(): StudyDefinition {
  return {
    ofJourneys:
      'a limit is found by single requests to one endpoint, at moments that follow from its window, and a journey sends what it needs when it needs it',
    completePlan: (plan, { settings, order, endpoints }) => {
      refuseOtherLoad(settings);
      const { windowSeconds } = limitedEndpoint(endpoints).rateLimit;
      return Object.fromEntries(
        Object.keys(plan).map((stream) => [
          stream,
          { kind: 'scripted', users: order.hasSecondClient ? 2 : 1, durationSeconds: WINDOWS_NEEDED * windowSeconds },
        ]),
      );
    },
    begin: (context) => {
      const endpoint = limitedEndpoint(context.endpoints);
      const study: RateLimitPlan = {
        kind: question.kind,
        endpoint: endpoint.id,
        path: endpoint.path,
        declared: endpoint.rateLimit,
        hasSecondClient: context.order.hasSecondClient,
      };
      const iterate = clientsOf(endpoint, context);
      return {
        question,
        plan: study,
        iterations: Object.fromEntries(Object.keys(context.plan).map((stream) => [stream, iterate])),
        needsRecorder: true,
        clients: 2,
        isNotMetAtRest: true,
      };
    },
  };
}

function refuseOtherLoad({ users, ratePerSecond, durationSeconds }: Settings): void {
  const given = Object.entries({ VUS: users, RATE: ratePerSecond, DURATION: durationSeconds }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length === 0) return;
  throw new UserError({
    what: 'VUS, RATE and DURATION have no meaning here: what is sent follows from the declared limit.',
    received: given.map(([name]) => name).join(', '),
    expected: 'none of them',
  });
}
