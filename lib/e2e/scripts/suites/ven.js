import { check } from 'k6';
import http from 'k6/http';

// As vendure: a shop behind one address of GraphQL, a purchase in four queries, no limit anywhere.
const shopApi = `${__ENV.BASE_URL}/graphql`;

export const options = { vus: 2, iterations: 20, noVUConnectionReuse: true };

function ask(query, variables = {}) {
  const reply = http.post(shopApi, JSON.stringify({ query, variables }), {
    headers: { 'content-type': 'application/json' },
    tags: { operation: query.split(/\W/)[1] },
  });
  check(reply, { 'no errors': (r) => r.json('errors') === undefined });
  return reply.json('data');
}

export function setup() {
  return { total: ask('query Count { products { totalItems } }').products.totalItems };
}

export default function ({ total }) {
  const { products } = ask('query List { products(options: { take: 10 }) { items { id variants { id } } } }');
  check(products, { 'all are listed': ({ items }) => items.length === total });
  const { id } = products.items[0].variants[0];
  const { addItemToOrder } = ask('mutation Add($id: ID!) { addItemToOrder(id: $id) { code } }', { id });
  check(addItemToOrder, { 'an order was begun': ({ code }) => code === 'A1' });
  ask('mutation Go { transitionOrderToState(state: "ArrangingPayment") { state } }');
}
