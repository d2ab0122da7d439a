import { describe, expect, it } from 'vitest';
import { hasFiles, sentContent } from './content.ts';
import { expectContent } from './expect-content.ts';

const bytes = new Uint8Array([0, 255]).buffer;

describe('content', () => {
  it('is sent with the content type that goes with it', () => {
    expect(sentContent({ json: { a: [1, 'ü'] } })).toEqual({ body: '{"a":[1,"ü"]}', type: 'application/json' });
    expect(sentContent({ json: null })).toEqual({ body: 'null', type: 'application/json' });
    expect(sentContent({ form: { a: 'x y', b: [1, 2] } })).toEqual({
      body: 'a=x%20y&b=1&b=2',
      type: 'application/x-www-form-urlencoded',
    });
    expect(sentContent({ body: bytes })).toEqual({ body: bytes });
    expect(sentContent({})).toEqual({ body: null });
  });

  it('goes in parts where a field is a file', () => {
    expect(hasFiles({ form: { title: 'a', file: { name: 'a.bin', data: bytes } } })).toBe(true);
    expect(hasFiles({ form: { title: ['a', 'b'] } })).toBe(false);
    expect(hasFiles({ json: {} })).toBe(false);
  });

  it.each([
    [{ query: { a: 1, b: ['x', true], c: undefined } }],
    [{ json: [] }],
    [{ form: { file: { name: 'a', data: bytes, type: 'image/png' } } }],
    [{ body: bytes }],
    [{}],
  ])('can be %j', (content) => {
    expect(() => expectContent('Endpoint "a"', content)).not.toThrow();
  });

  it.each<[Readonly<Record<string, unknown>>, RegExp]>([
    [{ json: {}, body: 'secret' }, /more than one body[\s\S]*json and body/],
    [{ query: 'a=1' }, /The query of Endpoint "a" is not an object/],
    [{ query: { a: { b: 1 } } }, /The query of Endpoint "a" has a value[\s\S]*"a"/],
    [{ form: { a: Number.NaN } }, /The form of Endpoint "a" has a value/],
    [{ form: { a: { name: '', data: 'secret' } } }, /The form of Endpoint "a" has a value/],
    [
      { form: { a: { name: 'a', dat: 'secret' } } },
      /A file in the form of Endpoint "a" has a member[\s\S]*did you mean "data"/,
    ],
    [{ form: { a: { name: 'a', data: 'secret' }, b: ['x'] } }, /has a list beside a file[\s\S]*"b"/],
    [{ json: () => 'secret' }, /The json of Endpoint "a" cannot be sent/],
    [{ json: 1n }, /The json of Endpoint "a" cannot be sent/],
    [{ body: { secret: 1 } }, /neither a text nor bytes[\s\S]*json or form/],
  ])('cannot be %o, and no value is shown', (content, message) => {
    expect(() => expectContent('Endpoint "a"', content)).toThrow(message);
    expect(() => expectContent('Endpoint "a"', content)).not.toThrow(/secret/);
  });
});
