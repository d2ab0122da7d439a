import { describe, expect, it } from 'vitest';
import { hidingPaths, withoutQueries } from './hide-urls.ts';

describe('of a URL in what k6 says', () => {
  it.each([
    ['GET http://h/a?token=canary done', 'GET http://h/a?token=*** done'],
    [
      String.raw`error="Get \"https://h:1/a?x=canary&canary&y=\": EOF"`,
      String.raw`error="Get \"https://h:1/a?x=***&***&y=***\": EOF"`,
    ],
    [String.raw`"url":"ws://h/?a=canary\u0026b=canary"`, '"url":"ws://h/?a=***&b=***"'],
    ['http://h/?q=ca=nary#x', 'http://h/?q=***#x'],
    ['is that so? http://h/a, yes?x=1', 'is that so? http://h/a, yes?x=1'],
  ])('the query is hidden: %s', (said, hidden) => {
    expect(withoutQueries(said)).toBe(hidden);
  });

  it.each([
    ['Get "http://h/v1/orders/canary": EOF', 'Get "http://h/v1/orders/{id}": EOF'],
    [String.raw`\"http://h/users/canary/orders/7?page=2\"`, String.raw`\"http://h/users/{user}/orders/{id}?page=2\"`],
    ['http://h/orders/', 'http://h/orders/'],
    ['http://h/orders/7/items', 'http://h/orders/7/items'],
    ['http://h/a.b/canary', 'http://h/a.b/{x}'],
    ['http://h/aXb/7', 'http://h/aXb/7'],
  ])('what a template has a parameter for is hidden: %s', (said, hidden) => {
    expect(hidingPaths(['/orders/{id}', '/users/{user}/orders/{id}', '/a.b/{x}'])(said)).toBe(hidden);
  });
});
