import { check, group, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Trend } from 'k6/metrics';

// As spryker's suites: environments in a file, a customer behind a form, steps timed by hand, an HTML report.
const environments = JSON.parse(open('./data/environments.json'));
const { password, categories } = environments[__ENV.SPRYKER_ENV ?? 'local'];
const baseUrl = __ENV.STOREFRONT_URL;
const loginTime = new Trend('spr_login', true);

export const options = {
  scenarios: { cart: { executor: 'per-vu-iterations', vus: 2, iterations: 2, maxDuration: '20s' } },
  thresholds: {
    'http_req_duration{name:login page}': ['p(95)<5000'],
    'checks{group:::Add to cart}': ['rate>0.99'],
    'group_duration{group:::Add to cart}': ['avg<1'],
    spr_login: ['max<10000'],
  },
};

export function setup() {
  const page = http.get(`${baseUrl}/account/login`, { tags: { name: 'login page' } });
  const reply = page.submitForm({ fields: { user: 'sonia', password } });
  if (reply.status !== 200) exec.test.abort('The customer cannot log in');
}

export default function () {
  group('Log in', () => {
    const start = Date.now();
    const page = http.get(`${baseUrl}/account/login`, { tags: { name: 'login page' } });
    const account = page.submitForm({ fields: { user: 'sonia', password }, params: { tags: { name: 'log in' } } });
    check(account, { 'the account is there': (r) => r.html('title').text() === 'Your account' });
    loginTime.add(Date.now() - start);
  });
  group('Add to cart', () => {
    for (const category of categories) {
      const page = http.get(`${baseUrl}/shop/categories/${category}`);
      const product = page.html().find('a.product').attr('href');
      sleep(0.01);
      http.get(`${baseUrl}${product}`);
    }
    const cart = http.post(`${baseUrl}/shop/cart`, { product: '701' }, { tags: { name: 'cart' } });
    check(cart, { 'it is in the cart': (r) => r.body.includes('One thing') });
  });
}

export const handleSummary = ({ metrics }) => ({
  'spr-report.html': `<h1>Spryker</h1><p>${metrics.http_reqs.values.count} requests</p>`,
});
