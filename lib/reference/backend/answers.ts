import type { FastifyRequest } from 'fastify';
import type { EndpointId } from '../endpoints/index.ts';
import type { ServedId } from '../endpoints/served.ts';
import { type ShopId, shopEndpoints } from '../endpoints/shop.ts';
import type { Profile, ServiceReply } from './profiles/profile.ts';
import { Shop, type ShopRequest } from './shop/shop.ts';
import type { Visit } from './truth.ts';

/** What the service says to a request that was let through. */
export type Answer = (request: FastifyRequest, visit: Visit) => ServiceReply | Promise<ServiceReply>;

/** The profile answers the endpoints of LOAD-CONCURRENT-001, which know nothing of each other; the shop its own. */
export function answersOf(profile: Profile, tokenSeconds: number): (id: ServedId) => Answer {
  const shop = new Shop(tokenSeconds);
  return (id) =>
    isOfShop(id) ? (request) => answerOfShop(shop, id, request) : (_request, visit) => profile.answer(id, visit);
}

function isOfShop(id: EndpointId | ShopId): id is ShopId {
  return shopEndpoints.some((endpoint) => endpoint.id === id);
}

function answerOfShop(shop: Shop, id: ShopId, { headers, params, query, body }: FastifyRequest): ServiceReply {
  const request = { headers, params, query, body } as ShopRequest;
  const { content, ...reply } = shop.answer(id, request);
  return { ...reply, body: content === undefined ? '' : JSON.stringify(content) };
}
