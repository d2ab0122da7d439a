import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installPackage } from '../testing/install-package.ts';
import { callTool, projectRoot, startTool, temporaryFolder } from './tool.ts';
import { callToolHere } from './tool-here.ts';

const STACK = /\n\s+at .*:\d+:\d+/;

async function expectRefusal(
  args: readonly string[],
  environment: Record<string, string>,
  ...texts: (string | RegExp)[]
): Promise<void> {
  const results = temporaryFolder();
  const [command = '', name = '', ...rest] = args;
  const { exitCode, stderr, stdout } = await callToolHere([command, name, '--results', results, ...rest], environment);
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 2, stdout: '' });
  for (const text of texts) expect(stderr).toMatch(text);
  expect(stderr).not.toMatch(STACK);
  expect(readdirSync(results), 'nothing was started').toEqual([]);
}

describe('bad input ends with exit code 2, says what to do, and starts nothing', () => {
  it('an unknown scenario', () =>
    expectRefusal(
      ['run', 'sustaned'],
      {},
      'There is no such scenario',
      '"sustaned"',
      'sequential, shop, smoke, soak',
      'did you mean "sustained"',
    ));

  it('a malformed BASE_URL', () =>
    expectRefusal(['run', 'smoke'], { BASE_URL: 'localhost:80' }, 'BASE_URL', 'does not begin with', 'http://'));

  it('a BASE_URL where nothing listens', () =>
    expectRefusal(
      ['run', 'smoke'],
      { BASE_URL: 'http://127.0.0.1:1' },
      '127.0.0.1:1 (BASE_URL) cannot be reached',
      'refused',
      'start it',
    ));

  it('an unknown option', () => expectRefusal(['run', 'smoke', '--vsu', '3'], {}, '--vsu', 'Did you mean --vus'));

  it('a duration without a unit', () =>
    expectRefusal(['run', 'smoke', '--duration', '60'], {}, 'DURATION', 'a whole number', '30s'));

  it('a setting that the plan has no use for', () =>
    expectRefusal(['run', 'smoke'], { RATE: '5' }, 'RATE (--rate) has no meaning', 'use VUS, --vus'));

  it.each<[string, string[], Record<string, string>, (string | RegExp)[]]>([
    [
      'a size for a question that sets its own',
      ['run', 'rate-limit'],
      { VUS: '5' },
      ['VUS, RATE and DURATION', 'declared limit'],
    ],
    ['a question cut in parts', ['run', 'breakpoint', '--segment', '10s'], {}, ['cannot be sent in chunks', 'soak']],
    ['parts longer than the load', ['run', 'soak', '--segment', '1h'], {}, ['--segment does not divide', '2m']],
    ['a part without a length', ['run', 'soak', '--segment', '0'], {}, ['--segment is too short']],
    ['a question divided', ['run', 'pool', '--instance', '1/2', '--run-id', 'r'], {}, ['cannot be divided', 'pool']],
    [
      'parts of parts',
      ['run', 'soak', '--segment', '9s', '--instance', '1/2', '--run-id', 'r'],
      {},
      ['exclude each other'],
    ],
    [
      'a METRICS_URL that is none',
      ['run', 'soak'],
      { METRICS_URL: 'localhost' },
      ['METRICS_URL', 'does not begin with', 'http'],
    ],
    [
      'a METRICS_URL on a host that nobody allowed',
      ['run', 'soak'],
      { METRICS_URL: 'http://u:canary@x.invalid:9/metrics' },
      ['Asking for metrics at x.invalid has not been allowed', 'LOAD_ALLOW_HOSTS=x.invalid'],
    ],
    [
      'an address that k6 and Node read differently',
      ['run', 'smoke'],
      { BASE_URL: 'http://127.0.0.01:9' },
      ['an address in an unusual form'],
    ],
    ['a console of its own for k6', ['run', 'soak', '--', '--console-output=x'], {}, ['--console-output']],
  ])('%s', (_case, args, environment, texts) => expectRefusal(args, environment, ...texts));

  it('a K6_BIN that is not k6', () =>
    expectRefusal(['run', 'smoke'], { K6_BIN: process.execPath }, 'K6_BIN', process.execPath, '>=2.0.0 <3'));

  it.skipIf(process.platform === 'win32')('a K6_BIN that is too old', async () => {
    const old = path.join(temporaryFolder(), 'k6');
    writeFileSync(old, '#!/bin/sh\necho "k6 v1.7.0 (go1.25.0, linux/amd64)"\n');
    chmodSync(old, 0o755);
    await expectRefusal(['run', 'smoke'], { K6_BIN: old }, 'not supported', 'v1.7.0', '>=2.0.0 <3');
  });

  it.each(['K6_NO_THRESHOLDS', 'K6_ITERATIONS', 'K6_VUS'])('an inherited %s', (name) =>
    expectRefusal(['run', 'smoke'], { [name]: '1' }, name, `unset ${name}`),
  );

  it.each(['/nonexistent', '/', process.execPath])('--env-file %s', (file) =>
    expectRefusal(['run', 'smoke', '--env-file', file], {}, '--env-file'),
  );

  it('a flag that is empty, as an unset variable makes it', () =>
    expectRefusal(['run', 'smoke', '--base-url', ''], { BASE_URL: 'http://127.0.0.1:1' }, '--base-url is empty'));

  it('a duration that k6 would refuse', () => expectRefusal(['run', 'smoke', '--duration', '1ms'], {}, 'at least 1s'));

  it('a profile of the reference backend beside another target', () =>
    expectRefusal(
      ['run', 'smoke', '--backend-profile', 'report'],
      { BASE_URL: 'http://127.0.0.1:1' },
      '--backend-profile has no meaning',
    ));

  it.each([
    [['--plan', 'timed'], {}],
    [['-e', 'PLAN=timed'], {}],
    [[], { PLAN: 'timed' }],
  ])('PLAN for a suite, from %j and %j', (args, environment: Record<string, string>) =>
    expectRefusal(['suite', 'load-concurrent', ...args], environment, 'PLAN has no meaning for a suite'),
  );

  it('a host that nobody allowed', () =>
    expectRefusal(
      ['run', 'smoke'],
      { BASE_URL: 'https://example.com' },
      'example.com has not been allowed',
      'LOAD_ALLOW_HOSTS=example.com',
    ));

  it('k6 options behind -- that would change the load', async () => {
    const { exitCode, stderr } = await callToolHere(['run', 'smoke', '--', '--no-thresholds']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--no-thresholds cannot be used');
  });

  it('DURATION with a plan of fixed work', () =>
    expectRefusal(
      ['run', 'rapid-fire', '--plan', 'reference'],
      { DURATION: '10s' },
      'DURATION (--duration) has no meaning for plan "reference"',
    ));

  it.each([
    ['an unknown scenario', ['run', 'sustaned'], {}, 'did you mean "sustained"'],
    ['an unknown option', ['run', 'smoke', '--vsu', '3'], {}, 'Did you mean --vus'],
    ['an environment that does not fit', ['run', 'smoke'], { RATE: '5' }, 'RATE (--rate) has no meaning'],
  ])('by the process itself: %s', async (_case, args, environment: Record<string, string>, text) => {
    const { exitCode, stdout, stderr } = await callTool(args, environment);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(STACK);
  });
});

it('a results folder that cannot be written is found before the load', async () => {
  const file = path.join(temporaryFolder(), 'results');
  writeFileSync(file, 'a file, not a folder');
  const { exitCode, stderr } = await callToolHere(['run', 'smoke', '--results', file]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('nothing was sent');
});

it('a results folder that can never be made is an error, not an endless wait', async () => {
  const { exitCode, stderr } = await callTool(['run', 'smoke', '--results', path.join('/proc', 'nope')]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('nothing was sent');
});

it('whoever reads only the first lines gets no stack trace', async () => {
  const tool = startTool(['run', '--help']);
  tool.child.stdout?.destroy();
  expect((await tool.ended).stderr).not.toMatch(STACK);
});

it('a port that is taken', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  onTestFinished(() => void server.close());
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      ['lib/reference/backend/start.mjs', '--port', String(port)],
      { cwd: projectRoot },
      (error, _, text) => resolve({ code: error?.code, stderr: text }),
    );
  });
  expect(code).toBe(2);
  expect(stderr).toContain(`Port ${port} is taken`);
  expect(stderr).not.toMatch(STACK);
});

describe('a scenario of one’s own', () => {
  function projectWith(scenario: string): string {
    const root = temporaryFolder();
    installPackage(root);
    mkdirSync(path.join(root, 'scenarios'));
    writeFileSync(path.join(root, 'package.json'), '{}');
    writeFileSync(path.join(root, 'scenarios', 'mine.ts'), scenario);
    return root;
  }

  it('that does not build is refused with the line', async () => {
    const { exitCode, stderr } = await callTool(['run', 'mine'], {}, projectWith('const x: number = ;\n'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/mine\.ts:1:\d+/);
  });

  it('that needs an extension ends with k6’s exit code, and says how to build it in', async () => {
    const project = projectWith("import sql from 'k6/x/sql';\nexport default () => sql.open();\n");
    const { exitCode, stderr } = await callTool(['run', 'mine'], {}, project);
    expect(exitCode).toBe(107);
    expect(stderr).toMatch(/unknown modules \["k6\/x\/sql"\][\s\S]*build k6\/x\/sql into the k6 of k6-verdict/);
  });

  it('that throws while it loads ends with k6’s exit code and the line of the .ts file', async () => {
    const { exitCode, stderr } = await callTool(
      ['run', 'mine'],
      {},
      projectWith('interface Unused { a: string }\n\nthrow new Error("boom");\nexport default () => {};\n'),
    );
    expect(exitCode).toBe(107);
    expect(stderr).toMatch(/boom[\s\S]*mine\.ts:3:/);
  });

  it('that defineLoadTest did not make is refused before it sends anything', async () => {
    const plain = 'import http from "k6/http";\nexport default () => { http.get("http://127.0.0.1:1"); };\n';
    const { exitCode, stderr } = await callTool(['run', 'mine'], {}, projectWith(plain));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('does not export what defineLoadTest made');
  });

  it('whose iterations throw fails, though k6 exits with 0', async () => {
    const root = projectWith(`
      import { defineEndpoint } from 'k6-verdict';
      import { constantUsers, defineLoadTest } from 'k6-verdict/k6';
      const endpoint = defineEndpoint({ id: 'health', path: '/api/health', category: 'Health', check: () => { throw new Error('boom'); } });
      const test = defineLoadTest({
        name: 'mine', testId: 'MINE', purpose: 'throws', endpoints: [endpoint],
        budgets: { overall: { successShare: 0.5 }, everyEndpoint: {}, endpoints: { health: {} } },
        plans: { timed: { users: constantUsers({ users: 2, durationSeconds: 1 }) } },
      });
      export const { options, setup, teardown, handleSummary } = test;
      export default test.iterate;
    `);
    const { exitCode, stdout } = await callTool(['run', 'mine', '--no-baseline'], {}, root);
    expect(exitCode).toBe(99);
    expect(stdout).toMatch(/exception in \d+ iterations/);
  });
});
