import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { callTool, readOnlyRun, runScenario, temporaryFolder } from './tool.ts';

type Tags = Readonly<Record<string, string>>;

const ONE_SECOND = ['--duration', '1s', '--no-baseline'];

/** The tags of each request, as k6's output `json` has them. */
function tagsIn(file: string): Tags[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const points = lines.map((line) => JSON.parse(line) as { type: string; metric: string; data: { tags: Tags } });
  return points.filter(({ type, metric }) => type === 'Point' && metric === 'http_reqs').map(({ data }) => data.tags);
}

it('another output gets the tags that dashboards look for, and the run stays the one that it is', async () => {
  const raw = path.join(temporaryFolder(), 'raw.json');
  const plain = await runScenario('smoke', {}, ONE_SECOND);
  const sent = await runScenario('smoke', { K6_OUT: `json=${raw}`, K6_TAGS: 'region:eu' }, ONE_SECOND);
  const requests = tagsIn(raw);
  expect(requests.length).toBe(sent.summary.totals.requests);
  const { endpoints, runId, fingerprint } = sent.summary;
  expect(fingerprint).toBe(plain.summary.fingerprint);
  expect(sent.files).toEqual(plain.files);
  for (const tags of requests) {
    const { path: name, method } = endpoints.find(({ id }) => id === tags.endpoint) ?? {};
    expect(tags).toMatchObject({
      name,
      method,
      status: '200',
      scenario: 'user',
      group: '',
      region: 'eu',
      testid: runId,
    });
  }
});

/** Runs a script that has tags of its own. @returns those of its requests */
async function tagsOfScript(options: object, ...k6Arguments: string[]): Promise<{ tags: Tags; runId: string }> {
  const service = createServer((_, reply) => reply.end('fine'));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close().closeAllConnections());
  const folder = temporaryFolder();
  const raw = path.join(folder, 'raw.json');
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const whole = { ...options, thresholds: { http_req_failed: ['rate==0'] } };
  writeFileSync(
    path.join(folder, 'shop.js'),
    `import http from 'k6/http';
export const options = { ...${JSON.stringify(whole)}, tags: { team: __ENV.TEAM, ...${JSON.stringify(Object(options).tags)} } };
export default () => { http.get('${url}/orders/1'); };
`,
  );
  const args = ['run', 'shop.js', '--results', 'results', '--', '-e', 'TEAM=checkout', '--out', `json=${raw}`];
  const { exitCode, stdout, stderr } = await callTool([...args, ...k6Arguments], {}, folder);
  expect(exitCode, stdout + stderr).toBe(0);
  const [tags = {}] = tagsIn(raw);
  return { tags, runId: readOnlyRun(path.join(folder, 'results')).summary.runId };
}

it('a script keeps its tags, and its samples carry the id of the run', async () => {
  const { tags, runId } = await tagsOfScript({ tags: { service: 'orders' } });
  expect(tags).toMatchObject({ team: 'checkout', service: 'orders', testid: runId, status: '200', method: 'GET' });
});

it('a tag that is an argument takes the place of those of the script, as under k6', async () => {
  const { tags, runId } = await tagsOfScript({}, '--tag', 'region=eu');
  expect(tags).toMatchObject({ region: 'eu', testid: runId });
  expect(tags).not.toHaveProperty('team');
});

it('a script that names its run itself is left as it is', async () => {
  const { tags } = await tagsOfScript({ tags: { testid: 'nightly' } });
  expect(tags).toMatchObject({ team: 'checkout', testid: 'nightly' });
});
