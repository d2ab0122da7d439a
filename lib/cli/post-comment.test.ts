import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postComment } from './post-comment.ts';

const BODY = '<!-- k6-verdict:gate -->\nFAIL';
const OWN = { id: 7, user: { type: 'Bot' }, body: '<!-- k6-verdict:gate -->\nan older verdict' };

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly body: string;
}

type Answer = (request: Asked) => { readonly status?: number; readonly json?: unknown };

/** GitHub's API, as far as comments need it. */
async function fakeGitHub(answer: Answer): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { method = '', url = '' } = request;
    const each = { method, url, body, token: request.headers.authorization ?? '' };
    asked.push(each);
    const { status = 200, json = {} } = answer(each);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function post(
  answer: Answer,
  event: object = { pull_request: { number: 12, head: { repo: { full_name: 'team/service' } } } },
  content = BODY,
) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-comment-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'event.json'), JSON.stringify(event));
  writeFileSync(path.join(folder, 'comment.md'), content);
  const api = await fakeGitHub(answer);
  const lines: string[] = [];
  const exitCode = await postComment(
    path.join(folder, 'comment.md'),
    {
      GITHUB_API_URL: api.url,
      GITHUB_REPOSITORY: 'team/service',
      GITHUB_TOKEN: 'secret-token',
      GITHUB_EVENT_PATH: path.join(folder, 'event.json'),
    },
    {
      print: (line) => lines.push(line),
      say: (line) => lines.push(line),
      annotate: (line) => lines.push(line),
      hasColour: false,
    },
  );
  return { exitCode, said: lines.join('\n'), asked: api.asked };
}

const reads =
  (comments: readonly unknown[]): Answer =>
  ({ method }) => ({ json: method === 'GET' ? comments : {} });

it('the first verdict on a pull request is a new comment', async () => {
  const { exitCode, said, asked } = await post(reads([{ id: 1, user: { type: 'User' }, body: 'hello' }]));
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /repos/team/service/issues/12/comments?per_page=100&page=1',
    'POST /repos/team/service/issues/12/comments',
  ]);
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ body: BODY });
  expect(asked.every(({ token }) => token === 'Bearer secret-token')).toBe(true);
  expect(exitCode).toBe(0);
  expect(said).toBe('The comment on pull request 12 was written.');
});

it('the next one replaces it, wherever it is among the others', async () => {
  const others = Array.from({ length: 100 }, (_, id) => ({ id: id + 100, user: { type: 'Bot' }, body: 'other' }));
  const { asked, said } = await post(({ method, url }) => ({
    json: method !== 'GET' ? {} : url.endsWith('&page=1') ? others : [OWN],
  }));
  expect(asked.at(-1)).toMatchObject({ method: 'PATCH', url: '/repos/team/service/issues/comments/7' });
  expect(said).toContain('was updated');
});

it('a comment of a person that holds the marker is left alone', async () => {
  const { asked } = await post(
    reads([
      { ...OWN, user: { type: 'User' } },
      { ...OWN, body: `quoted: ${OWN.body}` },
    ]),
  );
  expect(asked.at(-1)?.method).toBe('POST');
});

describe('what keeps it from being written is told, and decides nothing', () => {
  it('a fork', async () => {
    const fork = { pull_request: { number: 12, head: { repo: { full_name: 'stranger/service' } } } };
    const { exitCode, said, asked } = await post(reads([]), fork);
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: [] });
    expect(said).toMatch(/^::notice::.*skipped.*step summary carries the verdict/);
  });

  it('a fork that is gone', async () => {
    const { asked } = await post(reads([]), { pull_request: { number: 12, head: { repo: null } } });
    expect(asked).toEqual([]);
  });

  it.each([403, 404])('a token that may not: status %d', async (status) => {
    const { exitCode, said } = await post(({ method }) => (method === 'GET' ? { json: [] } : { status }));
    expect(exitCode).toBe(0);
    expect(said).toMatch(/^::notice::/);
  });

  it('a server in trouble, after it was asked again', async () => {
    const { exitCode, said, asked } = await post(() => ({ status: 502 }));
    expect(exitCode).toBe(0);
    expect(asked).toHaveLength(3);
    expect(said).toBe('::warning::The comment was not written: GitHub answered with status 502');
  });

  it('and a comment is not written twice', async () => {
    const { asked } = await post(({ method }) => (method === 'GET' ? { json: [] } : { status: 502 }));
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('a run of something else', async () => {
    const { said, asked } = await post(reads([]), { ref: 'refs/heads/main' });
    expect(said).toMatch(/not the run of a pull request/);
    expect(asked).toEqual([]);
  });
});

it('a file that is no comment of ours is refused', async () => {
  await expect(post(reads([]), {}, '# a report')).rejects.toThrow(/not a comment of k6-verdict/);
  await expect(
    postComment('/nowhere/c.md', {}, { print() {}, say() {}, annotate() {}, hasColour: false }),
  ).rejects.toThrow(/cannot be read/);
});

it('the token is never told', async () => {
  for (const status of [200, 401, 403, 500]) {
    const { said } = await post(({ method }) => (method === 'GET' ? { json: [] } : { status }));
    expect(said).not.toContain('secret-token');
  }
});
