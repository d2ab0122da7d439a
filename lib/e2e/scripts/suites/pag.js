import { check, sleep } from 'k6';
import crypto from 'k6/crypto';
import http from 'k6/http';
import { Trend } from 'k6/metrics';

// As pagopa/pn-load-test: the whole of the options in a file by profile, a signed upload, an answer that is waited for.
export const options = JSON.parse(open(`./data/${__ENV.TEST_TYPE ?? 'smoke'}.json`));

const baseUrl = __ENV.BASE_PATH;
const accepted = new Trend('notification_accepted_polls');
const letter = open('./data/notice.txt');

export function send() {
  const sha256 = crypto.sha256(letter + __ITER, 'hex');
  const put = http.put(`${baseUrl}/cache/${sha256}`, letter, {
    headers: { 'content-type': 'application/pdf', 'x-amz-checksum-sha256': sha256 },
    tags: { name: 'PN-safe-storage' },
  });
  check(put, { 'the letter is stored': (r) => r.status === 201 });
  const { id } = http.post(`${baseUrl}/jobs`, JSON.stringify({ sha256 })).json();
  let polls = 0;
  let status = '';
  do {
    sleep(0.02);
    ({ status } = http.get(`${baseUrl}/jobs/${id}`).json());
    polls += 1;
  } while (status !== 'done' && polls < 5);
  accepted.add(polls);
  check(status, { 'the notification was accepted': (is) => is === 'done' });
}

export function read() {
  const headers = { 'x-api-key': __ENV.API_KEY };
  check(http.get(`${baseUrl}/orders?startDate=2026-01-01`, { headers }), { 'the list came': (r) => r.status === 200 });
}
