import { describe, expect, it } from 'vitest';
import { twoCopies } from './two-copies.ts';

const OF_K6 = [
  '// scenario.ts',
  'import { ok } from "k6";',
  'var options = { all: typeof ok };',
  'var scenario_default = () => "k6";',
  'export {',
  '  scenario_default as default,',
  '  options',
  '};',
].join('\n');
const OF_USER = [
  '// scenario.ts',
  'var options = {};',
  'var scenario_default = () => "user";',
  'export {',
  '  scenario_default as default,',
  '  options',
  '};',
].join('\n');

async function load(script: string, vu: number): Promise<{ default: () => string; options: object }> {
  // Node has no module of k6's.
  const text = `const __VU = ${vu};\n${script.replace('"k6"', '"node:assert"')}`;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

describe('one script of two copies', () => {
  it('is the one that k6 reads where there is no user, and the one of users for each of them', async () => {
    const script = (await twoCopies(OF_K6, OF_USER)) ?? '';
    const [ofK6, ofUser] = [await load(script, 0), await load(script, 3)];
    expect([ofK6.default(), ofK6.options]).toEqual(['k6', { all: 'function' }]);
    expect([ofUser.default(), ofUser.options]).toEqual(['user', {}]);
  });

  it('cannot be made of what waits at its top level', async () => {
    expect(await twoCopies(`await 0;\n${OF_K6}`, OF_USER)).toBeUndefined();
  });

  it('cannot be made of what hands on a module: a function exports nothing', async () => {
    expect(await twoCopies(`export * from "k6";\n${OF_K6}`, OF_USER)).toBeUndefined();
  });

  it('names the lines of the sources', async () => {
    const script = (await twoCopies(OF_K6, OF_USER)) ?? '';
    expect(script).toMatch(/\/\/# sourceMappingURL=data:application\/json;base64,\S+\s*$/);
  });
});
