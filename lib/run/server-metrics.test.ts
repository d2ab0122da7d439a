import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { parsePageUrl } from '../core/spec/base-url.ts';
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

async function serve(
  answer: RequestListener,
): Promise<{ readonly port: number; readonly asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

const at127 = (port: number, credentials = '') =>
  parsePageUrl(`http://${credentials}127.0.0.1:${port}/metrics?of=all`, 'METRICS_URL');

it('a service that does not tell leaves no sample, and no error', async () => {
  const { port, asked } = await serve((_, response) => response.writeHead(500).end('<html>'));
  const metrics = await readServerMetrics(at127(port, 'tester:sec%40ret@'));
  expect(await metrics.end()).toEqual([]);
  expect(asked).toEqual([`Basic ${Buffer.from('tester:sec@ret').toString('base64')}`]);
  expect(await (await readServerMetrics(at127(1))).end()).toEqual([]);
});

it('a service that tells is read before the load begins', async () => {
  const paths: (string | undefined)[] = [];
  const { port } = await serve(({ url }, response) => {
    paths.push(url);
    response.end('process_open_fds 12\n');
  });
  const metrics = await readServerMetrics(at127(port));
  expect(await metrics.end()).toMatchObject([{ openConnections: 12 }]);
  expect(paths).toEqual(['/metrics?of=all']);
});

it('a redirect is refused, and nobody asks the host behind it', async () => {
  const elsewhere = await serve((_, response) => response.end('process_open_fds 12\n'));
  const location = `http://127.0.0.1:${elsewhere.port}/canary`;
  const { port } = await serve((_, response) => response.writeHead(302, { location }).end());
  await expect(readServerMetrics(at127(port, 'u:canary@'))).rejects.toThrow(/a redirect, which is not followed/);
  await expect(readServerMetrics(at127(port, 'u:canary@'))).rejects.not.toThrow('canary');
  expect(elsewhere.asked).toEqual([]);
});
