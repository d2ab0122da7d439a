import { expect, it } from 'vitest';
import { LimitMemory } from './limit-memory.ts';

const limits = () => new LimitMemory([{ a: 60 }, { a: 30, b: 10 }, {}]);

it('a plan waits until the limits of its own endpoints have forgotten the plans before', () => {
  const memory = limits();
  expect(memory.secondsUntilForgotten({ a: 60 }, 'x', 0)).toBe(0);
  memory.used(['a'], 1000);
  expect(memory.secondsUntilForgotten({ b: 10 }, 'x', 2000)).toBe(0);
  expect(memory.secondsUntilForgotten({}, 'x', 2000)).toBe(0);
  expect(memory.secondsUntilForgotten({ a: 60 }, 'x', 1000)).toBe(60);
  expect(memory.secondsUntilForgotten({ a: 60 }, 'x', 31_500)).toBe(30);
  expect(memory.secondsUntilForgotten({ a: 60 }, 'x', 90_000)).toBe(0);
});

it('of two windows of one endpoint the longer one counts', () => {
  const memory = limits();
  memory.secondsUntilForgotten({}, undefined, 0);
  memory.used(['a', 'b'], 0);
  expect(memory.secondsUntilForgotten({ a: 30, b: 10 }, undefined, 0)).toBe(60);
});

it('a target that was started anew remembers nothing', () => {
  const memory = limits();
  memory.secondsUntilForgotten({ a: 60 }, 'x', 0);
  memory.used(['a'], 0);
  expect(memory.secondsUntilForgotten({ a: 60 }, 'y', 1000)).toBe(0);
});

it('an endpoint may be called like what every object has', () => {
  const { windowsSeconds } = new LimitMemory([{ constructor: 60 }, { constructor: 10, a: 5 }]);
  expect(Object.entries(windowsSeconds)).toEqual([
    ['constructor', 60],
    ['a', 5],
  ]);
});
