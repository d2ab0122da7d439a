import { type EndpointId, endpoints } from '../../endpoints/index.ts';
import { payloads } from '../payloads/index.ts';
import type { ServiceReply } from './profile.ts';

/**
 * Of each endpoint its payload, with the first status that it expects. Serialised once: under load the backend is not
 * to be what is slow.
 */
export function declaredReplies(): Record<EndpointId, ServiceReply> {
  return Object.fromEntries(
    endpoints.map(({ id, expectedStatuses: [status = 200] }) => [id, { status, body: JSON.stringify(payloads[id]) }]),
  ) as Record<EndpointId, ServiceReply>;
}
