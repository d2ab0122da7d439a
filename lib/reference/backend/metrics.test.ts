import { expect, test, vi } from 'vitest';
import { startBackend } from '../../testing/start-backend.ts';
import { projects } from '../endpoints/index.ts';

vi.setConfig({ testTimeout: 30_000 });

const gaugeOf = (text: string, name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);

test('the service tells its memory and its open connections, and a leaking one needs more with every request', async () => {
  const backend = await startBackend({ profile: 'leaking', args: ['--time-scale', '0.01'] });
  try {
    const read = async () => (await fetch(`${backend.url}/metrics`)).text();
    const before = await read();
    expect(gaugeOf(before, 'http_open_connections')).toBeGreaterThanOrEqual(1);
    for (let i = 0; i < 400; i += 1) await (await fetch(backend.url + projects.path)).arrayBuffer();
    const grown =
      gaugeOf(await read(), 'process_resident_memory_bytes') - gaugeOf(before, 'process_resident_memory_bytes');
    // 400 requests keep 64 KiB each.
    expect(grown).toBeGreaterThan(0.7 * 400 * 64 * 1024);
  } finally {
    await backend.stop();
  }
});
