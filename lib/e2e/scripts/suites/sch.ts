import { check, group, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import type { Options } from 'k6/options';

// As dBildungsplattform/schulportal-load-tests: a form log-in with a cookie jar, pages in groups, a limit that ends it.
const spsh = __ENV.SPSH_BASE as string;
const pageTime = new Trend('page_time', true);

const workloads: Record<string, Options> = {
  smoke: { vus: 1, duration: '20s' },
  load: { vus: 3, duration: '1m' },
};

export const options: Options = {
  ...workloads[__ENV.WKLD ?? 'load'],
  thresholds: {
    'checks{page:broken}': [{ threshold: 'rate>0.5', abortOnFail: true, delayAbortEval: '1s' }],
    'page_time{page:account}': ['p(95)<5000'],
    'http_req_failed{expected_response:true}': ['rate==0'],
  },
};

export default function main(): void {
  const jar = new http.CookieJar();
  group('login', () => {
    const page = http.get(`${spsh}/account/login`, { jar });
    const csrf = page.html('input[name=csrf]').attr('value') ?? '';
    const form = { csrf, user: `teacher-${exec.vu.idInTest}`, password: 'open sesame' };
    http.post(`${spsh}/account/login`, form, { jar, redirects: 0 });
  });
  group('pages', () => {
    const account = http.get(`${spsh}/account`, { jar });
    pageTime.add(account.timings.duration, { page: 'account' });
    check(account, { 'somebody is in': (r) => String(r.body).includes('Your account') }, { page: 'account' });
    const broken = http.get(`${spsh}/failing`, { jar });
    check(broken, { 'the list of pupils is there': ({ status }) => status === 200 }, { page: 'broken' });
  });
  // Until the limit ends the run.
  sleep(60);
}
