import { check, sleep } from 'k6';
import http from 'k6/http';
import { Counter } from 'k6/metrics';

// As shopware/k6-shopware: pages with what they load, cookies between them, browsing and buying side by side, no limit.
const salesChannels = JSON.parse(__ENV.SALES_CHANNELS ?? 'null') ?? [{ url: `${__ENV.BASE_URL}/shop` }];
const [{ url: home }] = salesChannels;
const origin = home.replace(/\/shop$/, '');
const orders = new Counter('orders_placed');

export const options = {
  scenarios: {
    browse: { executor: 'per-vu-iterations', exec: 'browse', vus: 3, iterations: 2, maxDuration: '20s' },
    buy: { executor: 'per-vu-iterations', exec: 'buy', vus: 1, iterations: 2, maxDuration: '20s' },
  },
};

function visit(name, url) {
  const page = http.get(url, { tags: { name } });
  const assets = [];
  page.html('link[rel=stylesheet]').each((_at, link) => assets.push(origin + link.getAttribute('href')));
  page.html('script[src]').each((_at, script) => assets.push(origin + script.getAttribute('src')));
  if (assets.length > 0) http.batch(assets.map((asset) => ['GET', asset, null, { tags: { kind: 'asset' } }]));
  return page;
}

export function browse() {
  const page = visit('Home', `${origin}/shop/old-home`);
  const categories = page.html('a.category');
  visit('Category', origin + categories.eq(__ITER % categories.size()).attr('href'));
  sleep(0.05);
}

export function buy() {
  const jar = http.cookieJar();
  visit('Product', `${origin}/shop/products/701`);
  http.post(`${origin}/shop/cart`, { product: '701' });
  check(jar.cookiesForURL(`${origin}/shop`), { 'the cart is remembered': ({ cart }) => cart?.[0] === '701' });
  jar.clear(`${origin}/shop`);
  const empty = http.get(`${origin}/shop/cart`);
  check(empty, { 'a new visitor has none': (r) => r.body.includes('empty') });
  orders.add(1);
}
