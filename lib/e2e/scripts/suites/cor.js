import { check } from 'k6';
import { SharedArray } from 'k6/data';
import http from 'k6/http';

// As Altinn/altinn-correspondence: attachments by multipart, at a given rate, each step with a limit of its own.
const baseUrl = __ENV.BASE_URL;
const notice = open('./data/notice.txt', 'b');
const recipients = new SharedArray('recipients', () => JSON.parse(open('./data/items.json')));

export const options = {
  scenarios: {
    letters: {
      executor: 'constant-arrival-rate',
      rate: 10,
      timeUnit: '1s',
      duration: '2s',
      preAllocatedVUs: 4,
      maxVUs: 8,
    },
  },
  thresholds: {
    'http_req_duration{name:upload correspondence}': ['p(95)<5000', 'med<5000'],
    'http_req_failed{name:upload correspondence}': ['rate<0.001'],
    'http_req_duration{name:upload correspondence,status:500}': ['max<1'],
    'http_reqs{name:get attachment}': ['count>10'],
    dropped_iterations: ['count<20'],
  },
};

export default function () {
  const recipient = recipients[Math.floor(Math.random() * recipients.length)];
  const sent = http.post(
    `${baseUrl}/upload`,
    { recipient: recipient.sku, 'attachments[0]': http.file(notice, 'notice.txt', 'text/plain') },
    { tags: { name: 'upload correspondence' } },
  );
  check(sent, { 'both parts came': (r) => r.json('parts') === 2 });
  http.get(`${baseUrl}/documents/${sent.json('id')}`, { tags: { name: 'get attachment' }, responseType: 'none' });
}
