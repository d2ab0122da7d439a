import { expect, it, vi } from 'vitest';

interface K6Side {
  picking(journeys: readonly object[], mix: Readonly<Record<string, number>>): () => { readonly name: string };
}

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file: string = './mix.ts';
const { picking } = (await import(/* @vite-ignore */ file)) as K6Side;

const journeys = [{ name: 'browse' }, { name: 'buy' }, { name: 'never' }];

/** What is picked at each of these places of all weights together. */
function pickedAt(places: readonly number[], mix: Readonly<Record<string, number>>): string[] {
  const pick = picking(journeys, mix);
  return places.map((place) => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(place);
    const { name } = pick();
    random.mockRestore();
    return name;
  });
}

it('each journey has its part of the weights', () => {
  const places = [0, 0.35, 0.699, 0.701, 0.9999999];
  expect(pickedAt(places, { browse: 70, buy: 30, never: 0 })).toEqual(['browse', 'browse', 'browse', 'buy', 'buy']);
});

it('one that is alone is picked always', () => {
  expect(pickedAt([0, 0.5, 0.99], { buy: 0.1 })).toEqual(['buy', 'buy', 'buy']);
});

it('without any weight there is nothing to pick', () => {
  expect(() => picking(journeys, { browse: 0 })).toThrow('No journey of the mix has a weight.');
});
