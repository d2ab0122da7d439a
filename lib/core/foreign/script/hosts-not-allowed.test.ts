import { expect, it } from 'vitest';
import { hostsNotAllowed } from './hosts-not-allowed.ts';

const met = {
  hosts: ['127.0.0.1:8080', 'a.example.com', 'b.example.com:8443', '[::1]'],
  addresses: ['localhost:50051'],
};

it.each([
  [[], ['a.example.com', 'b.example.com:8443']],
  [['a.example.com', 'b.example.com'], []],
  [['A.example.com:443', 'b.example.com:8443'], []],
  [
    ['a.example.com:8080', 'b.example.com:443'],
    ['a.example.com', 'b.example.com:8443'],
  ],
])('where %j may be loaded, %j may not', (allowed, expected) => {
  expect(hostsNotAllowed(met, allowed)).toEqual(expected);
});
