import { expect, it } from 'vitest';
import { callProgram } from '../../e2e/call-program.ts';

it('--flat-memory is refused for a scenario, whose memory is flat anyway', async () => {
  const call = callProgram(['run', 'smoke', '--flat-memory']);
  await expect(call).rejects.toThrow(/--flat-memory has no meaning for a scenario/);
});

it.each([
  ['--instance', ['--instance', '1/2']],
  ['--run-id', ['--run-id', 'x']],
])('%s alone is refused for a script, too', async (_flag, args) => {
  await expect(callProgram(['run', 'load/shop.js', ...args])).rejects.toThrow(/belong together/);
});

it('--segment is refused for a script', async () => {
  const call = callProgram(['run', 'load/shop.js', '--segment', '30m']);
  await expect(call).rejects.toThrow(/--segment has no meaning for a script/);
});
