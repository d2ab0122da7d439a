import { expect, it } from 'vitest';
import { metricWithoutSecrets, withoutSecrets } from './without-secrets.ts';

it.each([
  ['http://user:secret@h:80/a?token=secret#secret', 'http://h:80/a'],
  ['https://us%40er:se@cret@h/a', 'https://h/a'],
  ['http://h?token=secret', 'http://h'],
  ['/orders/{id}?token=secret', '/orders/{id}'],
  ['GET /orders?token=secret then', 'GET /orders then'],
  ['orders?token=secret', 'orders'],
  ['orders', 'orders'],
  ['what?', 'what?'],
])('%s becomes %s', (text, clean) => {
  expect(withoutSecrets(text)).toBe(clean);
});

it('the tags of a metric are cleaned one by one', () => {
  expect(metricWithoutSecrets('http_reqs{name:http://u:p@h/a?t=1,status:200}')).toBe(
    'http_reqs{name:http://h/a,status:200}',
  );
  expect(metricWithoutSecrets('http_reqs')).toBe('http_reqs');
});
