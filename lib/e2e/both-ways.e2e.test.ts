import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { findK6 } from '../k6-binary/find-k6.ts';
import { K6_MODULES } from '../run/k6/bundle-options.ts';
import { k6Environment } from '../run/k6/k6-process.ts';
import { SENT_BOTH_WAYS } from './sent-both-ways.ts';
import { projectRoot, temporaryFolder } from './tool.ts';

/** What came of one call, sent in both ways. */
interface Sent {
  readonly number: number;
  /** Who is to send it. */
  readonly by: 'go' | 'script' | 'either';
  readonly id: string;
  readonly call: string;
  readonly script: unknown;
  readonly go: unknown;
  /** How often Go left it to the script. */
  readonly left: number;
}

/** Says what it was asked, and sets a cookie. */
async function answer(request: IncomingMessage, reply: ServerResponse): Promise<unknown> {
  const { method, url = '', headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (url.startsWith('/drops')) return request.socket.destroy();
  if (url.startsWith('/slow')) return undefined;
  reply.setHeader('X-Echo', 'yes').setHeader('Set-Cookie', ['kept=1; path=/', 'other=2; path=/']);
  if (url.startsWith('/leads')) reply.setHeader('Location', '/plain').writeHead(302);
  else if (url.startsWith('/secret') && headers.authorization !== 'new') reply.writeHead(401);
  else reply.writeHead(Number(/^\/status\/(\d+)/.exec(url)?.[1] ?? 200));
  // k6 makes up the border of parts.
  const border = /boundary=(\w+)/.exec(headers['content-type'] ?? '')?.[1] ?? 'no border';
  const said = { method, url, headers: request.rawHeaders, body: Buffer.concat(chunks).toString('latin1') };
  return reply.end(JSON.stringify(said).replaceAll(border, 'border'));
}

async function serve(): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends all calls in both ways. @returns what came of each, and the samples of k6 by way and call */
async function sendBothWays(variables: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const [script, samples] = [path.join(folder, 'script.js'), path.join(folder, 'samples.ndjson')];
  const resolveDir = path.join(projectRoot, 'lib');
  await build({ ...K6_MODULES, stdin: { contents: SENT_BOTH_WAYS, resolveDir }, outfile: script });
  const env = k6Environment({ PATH: process.env.PATH ?? '', BASE_URL: await serve(), RANDOM: '0', ...variables });
  const args = ['run', '--quiet', '--no-usage-report', '--log-format=json', `--out=json=${samples}`, script];
  const options = { env, maxBuffer: 64 * 1024 ** 2 };
  const { stderr } = await promisify(execFile)((await findK6()).path, args, options);
  const logged = stderr.split('\n').filter((line) => line.includes('"source":"console"'));
  const sent = logged.map((line) => JSON.parse(JSON.parse(line).msg) as Sent);
  return { sent, samples: samplesByWay(readFileSync(samples, 'utf8')) };
}

/** What k6 hands out of requests, without what is never twice the same. */
function samplesByWay(lines: string): Record<string, string[]> {
  const byWay: Record<string, string[]> = { script: [], go: [] };
  for (const line of lines.split('\n').filter((each) => each.includes('"Point"'))) {
    const { metric, data } = JSON.parse(line);
    const { way, ...tags } = data.tags;
    const isCount = ['http_reqs', 'http_req_failed'].includes(metric);
    if (metric.startsWith('http_req')) byWay[way]?.push(JSON.stringify([metric, isCount ? data.value : 0, tags]));
  }
  return byWay;
}

it.each([
  ['as journeys are sent', { RANDOM: '150' }],
  ['where bodies are discarded', { DISCARDS: 'yes' }],
  ['where failures are thrown', { THROWS: 'yes' }],
  ['where another output is told names', { EXPORTS: 'yes' }],
])(
  'a call that Go sends goes over the wire, comes back and is counted as one of the script: %s',
  async (_, variables) => {
    const { sent, samples } = await sendBothWays(variables);
    expect(sent.length).toBeGreaterThan(200);
    for (const { script, go, ...call } of sent) expect({ ...call, came: go }).toEqual({ ...call, came: script });
    expect(samples.go?.length).toBeGreaterThan(1000);
    const different = samples.go?.findIndex((sample, i) => sample !== samples.script?.[i]) ?? 0;
    expect(samples.go?.[different]).toBe(samples.script?.[different]);
    expect(samples.go?.length).toBe(samples.script?.length);
    const leftOf = (by: Sent['by']) => sent.filter((each) => each.by === by && each.left > 0);
    expect(leftOf('go')).toEqual([]);
    expect(leftOf('script')).toEqual(sent.filter(({ by }) => by === 'script'));
    expect(leftOf('either').length).toBeLessThanOrEqual(sent.filter(({ by }) => by === 'either').length / 5);
  },
);
