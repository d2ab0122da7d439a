import { expect, test } from 'vitest';
import { endpoints } from '../../endpoints/index.ts';
import { payloads } from './index.ts';

test.each(endpoints.map(({ id }) => id))('the payload of %s is JSON of a realistic size', (id) => {
  const text = JSON.stringify(payloads[id]);
  expect(text.length).toBeGreaterThanOrEqual(200);
  expect(text.length).toBeLessThanOrEqual(4_096);
  expect(JSON.parse(text)).toEqual(payloads[id]);
});
