import { type EndpointId, endpoints } from '../../endpoints/index.ts';
import { payloads } from '../payloads/index.ts';
import type { Profile, ServiceReply } from './profile.ts';

/** Answers everything at once, with the first status that the endpoint expects. */
export function healthy(): Profile {
  // Serialised once: under load the backend is not to be what is slow.
  const replies = Object.fromEntries(
    endpoints.map(({ id, expectedStatuses: [status = 200] }) => [id, { status, body: JSON.stringify(payloads[id]) }]),
  ) as Record<EndpointId, ServiceReply>;
  return { answer: (id) => replies[id] };
}
