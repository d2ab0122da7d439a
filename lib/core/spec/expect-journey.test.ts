import { expect, it } from 'vitest';
import { expectJourney } from './expect-journey.ts';

const run = () => {};
const seed = () => 7;

function messageOf(name: unknown, needs: unknown, does: unknown = run): string {
  try {
    expectJourney(name, needs, does);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

it('a journey as its types say is accepted', () => {
  expect(messageOf('buy', { endpoints: [] })).toBe('');
  const all = { endpoints: [], auth: { begin: run }, data: { rowFor: run }, setup: seed, atMostSeconds: 0.5 };
  expect(messageOf('Buy it later', all, async () => {})).toBe('');
});

it.each<[string, string, RegExp]>([
  [
    'without a name',
    messageOf(undefined, { endpoints: [] }),
    /The name of a journey is not a text\.\n {2}received: nothing/,
  ],
  ['whose name is empty', messageOf('', { endpoints: [] }), /The name of a journey is not a text/],
  ['whose name k6 would cut', messageOf('a,b', { endpoints: [] }), /"a,b" has a name .*: it holds a comma/],
  ['whose name k6 would trim', messageOf(' a', { endpoints: [] }), /starts or ends with a quote or a space/],
  [
    'that says only what it does',
    messageOf('buy', run),
    /What the journey "buy" needs is not an object\.\n {2}received: a function/,
  ],
  ['with a misspelt need', messageOf('buy', { endpoint: [] }), /received: "endpoint"[\s\S]*did you mean "endpoints"/],
  ['without endpoints', messageOf('buy', {}), /"buy" does not list its endpoints\.\n {2}received: nothing/],
  ['with an auth that is data', messageOf('buy', { endpoints: [], auth: { rowFor: run } }), /has an auth that is none/],
  [
    'with data that is a list',
    messageOf('buy', { endpoints: [], data: [] }),
    /has data that are none\.\n {2}received: a list/,
  ],
  ['with what a setup returned', messageOf('buy', { endpoints: [], setup: 7 }), /has a setup that is no function/],
  [
    'that takes no time',
    messageOf('buy', { endpoints: [], atMostSeconds: 0 }),
    /atMostSeconds that cannot be\.\n {2}received: zero/,
  ],
  [
    'that takes forever',
    messageOf('buy', { endpoints: [], atMostSeconds: Number.POSITIVE_INFINITY }),
    /no finite number/,
  ],
  ['that does nothing', messageOf('buy', { endpoints: [] }, 'send'), /"buy" does nothing\.\n {2}received: a text/],
])('one %s is refused', (_, message, expected) => {
  expect(message).toMatch(expected);
});
