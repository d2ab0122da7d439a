import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freeAddress } from '../cli/k6-api.ts';
import { callTool, projectRoot, readOnlyRun, temporaryFolder } from './tool.ts';

/** A project that declares its service, which is in a folder of its own. */
function projectWith(target: object): string {
  const folder = temporaryFolder();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const lib = path.join(projectRoot, 'lib');
  write('package.json', JSON.stringify({ name: 'shop', type: 'module', 'k6-verdict': { target } }));
  write(
    'api/server.mjs',
    `import { createServer } from 'node:http';
createServer((request, response) => response.end(request.url)).listen(Number(process.argv[2]), '127.0.0.1');`,
  );
  write(
    'scenarios/orders.ts',
    `import { defineEndpoint } from ${JSON.stringify(path.join(lib, 'core', 'endpoint.ts'))};
import { constantUsers, defineLoadTest } from ${JSON.stringify(path.join(lib, 'k6', 'index.ts'))};
const test = defineLoadTest({
  name: 'orders', testId: 'ORDERS', purpose: 'Are orders served?',
  endpoints: [defineEndpoint({ id: 'orders', path: '/orders', category: 'Any' })],
  budgets: { overall: { successShare: 0.99 }, everyEndpoint: {}, endpoints: {} },
  plans: { timed: { users: constantUsers({ users: 2, durationSeconds: 2, thinkTimeSeconds: 0.05 }) } },
});
export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
`,
  );
  return folder;
}

it('a project that declares its service needs no BASE_URL: a run starts it, loads it, and ends it', async () => {
  const url = `http://${await freeAddress()}`;
  const command = `"${process.execPath}" server.mjs ${new URL(url).port} & wait`;
  const project = projectWith({ command, url, cwd: 'api' });
  const end = await callTool(['run', 'orders'], {}, project);
  expect(end).toMatchObject({ exitCode: 0 });
  const { summary, report } = readOnlyRun(path.join(project, 'results'));
  expect(summary).toMatchObject({ target: url, targetKind: 'url', verdict: 'pass' });
  expect(summary.totals.requests).toBeGreaterThan(20);
  expect(report).not.toContain('reference backend');
  await expect(fetch(url)).rejects.toThrow();
});

it('a service that does not start ends the run before it has begun, with its last words', async () => {
  const url = `http://${await freeAddress()}`;
  const project = projectWith({ command: 'echo the database is away >&2; exit 1', url });
  const { exitCode, stderr } = await callTool(['run', 'orders'], {}, project);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/"k6-verdict"\.target\.command did not start a service that answers\./);
  expect(stderr).toMatch(/it ended with exit code 1; its last words: the database is away/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(existsSync(path.join(project, 'results'))).toBe(false);
});
