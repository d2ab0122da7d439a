import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { callTool, temporaryFolder } from '../tool.ts';
import { ordersProject } from './orders-project.ts';

const PASSWORD = 'canary:pä';

/** Lets in who knows the password, and counts them by name; anybody may look whether it is there. */
async function startMembersOnly(): Promise<{ readonly url: string; readonly entered: Map<string, number> }> {
  const entered = new Map<string, number>();
  const server = createServer(({ url, headers }, response) => {
    const [, encoded = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
    const [, name = '', password] = /^(.*?):(.*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    const isIn = password === PASSWORD;
    if (isIn) entered.set(name, (entered.get(name) ?? 0) + 1);
    response.writeHead(isIn || url !== '/inside' ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, entered };
}

/** A project of the scenario `members`, with a suite that runs it twice. */
function membersProject(): string {
  const project = ordersProject();
  const run = { name: 'members', plan: 'default' };
  const suites = { twice: { testId: 'TWICE', purpose: 'Do they get in, and again?', runs: [run, run] } };
  const own = { name: 'members', type: 'module', 'k6-verdict': { suites } };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(own));
  return project;
}

it.each([
  ['a run', ['run', 'members']],
  ['a run without a trial', ['run', 'members', '--no-baseline', '--vus', '3']],
  ['consecutive parts', ['run', 'members', '--segment', '1s']],
  ['one part of two', ['run', 'members', '--instance', '1/2', '--run-id', 'half']],
  ['a suite', ['suite', 'twice']],
])('the file beside the scenario is found, and each user has its own name and the password: %s', async (_, args) => {
  const { url, entered } = await startMembersOnly();
  const environment = { BASE_URL: url, MEMBERS_PASSWORD: PASSWORD };
  const own = [...args, '--results', temporaryFolder()];
  const { exitCode, stdout, stderr } = await callTool(own, environment, membersProject());
  expect(exitCode, stdout + stderr).toBe(0);
  expect(entered.get('user1')).toBeGreaterThan(0);
  for (const name of entered.keys()) expect(['user1', 'user2', 'user3']).toContain(name);
  expect(stdout + stderr).not.toContain('canary');
});

it('a comparison finds the file as well', async () => {
  const { url, entered } = await startMembersOnly();
  const sides = ['--base-url', url, '--head-url', url.replace('127.0.0.1', 'localhost')];
  const args = ['ab', '--scenario', 'members', ...sides, '--pairs', '2', '--looks', '1', '--duration', '1s'];
  const environment = { MEMBERS_PASSWORD: PASSWORD };
  // What it decides is the machine's to say.
  const { stderr } = await callTool([...args, '--results', temporaryFolder()], environment, membersProject());
  expect(stderr).toContain('Run 4 of 4');
  // Its warm-up has users of its own.
  expect([...entered.keys()].sort()).toEqual(['user1', 'user2', 'user3', 'user4']);
});
