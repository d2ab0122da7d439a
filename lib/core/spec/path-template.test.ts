import { expect, it } from 'vitest';
import { pathTemplate } from './path-template.ts';

it.each([
  ['/', '/'],
  ['/orders', '/orders'],
  ['/orders/42', '/orders/{id}'],
  ['/orders/42/items/7.json', '/orders/{id}/items/7.json'],
  ['/users/6f9619ff-8b86-d011-b42d-00cf4fc964ff/', '/users/{id}/'],
  ['/blobs/0123456789abcdef0123', '/blobs/{id}'],
  ['/v2/oauth2/facade', '/v2/oauth2/facade'],
])('%s is %s', (path, template) => {
  expect(pathTemplate(path)).toBe(template);
});
