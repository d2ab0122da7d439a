import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { readServerMetrics, sampleOf } from './server-metrics.ts';

const at = new Date('2026-11-24T12:00:00Z');

it.each<[string, string, object | undefined]>([
  [
    'the names of Prometheus clients',
    '# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 1.5e+08\n# TYPE process_open_fds gauge\nprocess_open_fds 12\n',
    { memoryBytes: 150_000_000, openConnections: 12 },
  ],
  [
    'the better name where there are several, and the sum over its labels',
    'http_open_connections{port="80"} 3\nhttp_open_connections{port="443"} 4\nprocess_open_fds 99\n',
    { openConnections: 7 },
  ],
  ['neither', '# HELP up x\nup 1\n', undefined],
  ['nothing at all', '', undefined],
  ['something that is not a number', 'process_resident_memory_bytes NaN\n', undefined],
])('what a service tells of itself is read by %s', (_case, text, expected) => {
  const sample = sampleOf(text, at);
  expect(sample).toEqual(expected === undefined ? undefined : { at: at.toISOString(), ...expected });
});

it('a service that does not tell leaves no sample, and no error', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(500).end('<html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const metrics = readServerMetrics(`http://tester:secret@127.0.0.1:${port}/metrics`);
  await expect.poll(() => asked.length).toBe(1);
  expect(await metrics.end()).toEqual([]);
  expect(asked).toEqual([`Basic ${Buffer.from('tester:secret').toString('base64')}`]);
  expect(await readServerMetrics('http://127.0.0.1:1/metrics').end()).toEqual([]);
});
