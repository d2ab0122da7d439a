import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installPackage } from '../testing/install-package.ts';
import { callTool, readOnlyRun, runScenario, startTool, sum, temporaryFolder } from './tool.ts';

/** What of a scenario fails: source code, in the place that it is named by. */
interface Failing {
  readonly journey?: string;
  readonly setup?: string;
  readonly teardown?: string;
  readonly budgets?: string;
}

const USERS = 2;
const EACH = 3;
const JOURNEYS = USERS * EACH;

/** A project with one scenario, whose journey asks twice for what is there. */
function projectOf({ journey = '', setup = '', teardown = '', budgets = '' }: Failing): string {
  const folder = temporaryFolder();
  installPackage(folder);
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "failing", "type": "module" }');
  writeFileSync(
    path.join(folder, 'scenarios', 'failing.ts'),
    `import { defineEndpoint } from 'k6-verdict';
import { constantUsers, defineLoadTest, fixedJourneys, journey } from 'k6-verdict/k6';
const at = (id, path) => defineEndpoint({ id, path, category: 'Any' });
const list = at('list', '/list');
const one = at('one', '/one/{id}');
const gone = at('gone', '/gone');
const loses = async () => {
  throw new Error('lost in a helper');
};
const visit = journey('visit', { endpoints: [list, one] }, ({ send, sendAll, user }) => {
  const isTrial = user.number === 0;
  send.orStop(list);
  ${journey}
  send.orStop(one, { path: { id: 'a' } });
});
const test = defineLoadTest({
  name: 'failing', testId: 'FAILING', purpose: 'Whose fault is it?', journeys: [visit],
  setup: ({ send }) => { ${setup} },
  teardown: ({ send }) => { ${teardown} },
  budgets: { overall: { successShare: 1 }, everyEndpoint: {}, endpoints: { list: {}, one: {} }, ${budgets} },
  plans: {
    fixed: { users: fixedJourneys({ users: ${USERS}, journeysPerUser: ${EACH} }) },
    resting: { users: constantUsers({ users: ${USERS}, durationSeconds: 60, thinkTimeSeconds: 30 }) },
  },
});
export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
`,
  );
  return folder;
}

async function startService(): Promise<string> {
  const server = createServer(({ url }, response) => response.writeHead(url === '/gone' ? 410 : 200).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs it to its end, with figures to judge. */
async function runFailing(failing: Failing, environment: Record<string, string> = {}) {
  const BASE_URL = await startService();
  return runScenario('failing', { BASE_URL, ...environment }, ['--plan', 'fixed'], projectOf(failing));
}

const BY_SCRIPT = 'the script itself failed, and no fault of the service was found.';
const CALL_WITH_AWAIT = /to do: .*with await/;

describe('what fails before the load', () => {
  it.each<[string, Failing, string, RegExp]>([
    [
      'a call in the trial that lacks a value',
      { journey: 'send(one);' },
      'the trial of journey "visit" failed after "list", so the load was not sent: The path of endpoint "one" lacks a value for {id}.\n  received: nothing\n  expected: a text',
      /to do: .*--no-baseline/,
    ],
    [
      'an exception in the trial, with a teardown that fails as well',
      { journey: "throw new TypeError('no');", teardown: "throw new Error('left');" },
      'the trial of journey "visit" failed after "list", so the load was not sent.\n  received: TypeError: no\n',
      /to do: .*teardown failed as well \(Error: left\)/,
    ],
    [
      'an exception in setup',
      { setup: "throw new TypeError('no');" },
      'setup of the test failed, so the load was not sent.\n  received: TypeError: no\n',
      /to do: .*mend setup/,
    ],
    [
      'an exception that was lost in the trial',
      { journey: 'loses();' },
      'setup or the trial of the journeys failed, so the load was not sent: Error: lost in a helper\n',
      CALL_WITH_AWAIT,
    ],
  ])('%s is said once, with what to do', async (_, failing, said, todo) => {
    const BASE_URL = await startService();
    const args = ['run', 'failing', '--plan', 'fixed', '--results', temporaryFolder()];
    const { exitCode, stderr } = await callTool(args, { BASE_URL }, projectOf(failing));
    expect(stderr).toContain(`failing: ${said}`);
    expect(stderr).toMatch(todo);
    expect(stderr).not.toContain('UserError');
    expect(stderr.match(/received:/g) ?? []).toHaveLength(said.includes('received:') ? 1 : 0);
    expect(exitCode).toBe(2);
  });
});

/** A script of somebody else that asks three times, and what of it fails. */
async function runScript(parts: { readonly iteration?: string; readonly teardown?: string }) {
  const base = await startService();
  const folder = temporaryFolder();
  writeFileSync(
    path.join(folder, 'shop.js'),
    `import http from 'k6/http';
export const options = { vus: 1, iterations: 3, thresholds: { http_req_failed: ['rate<0.01'] } };
const loses = async () => {
  throw new Error('lost in a helper');
};
export default function () {
  http.get(__ENV.BASE + '/list');
  ${parts.iteration ?? ''}
}
export function teardown() { ${parts.teardown ?? ''} }
`,
  );
  const end = await callTool(['run', 'shop.js', '--', '-e', `BASE=${base}`], {}, folder);
  return { ...end, ...readOnlyRun(path.join(folder, 'results')) };
}

describe('a teardown that fails', () => {
  it.each([
    ['throws', "throw new Error('no order for ' + __ENV.SHOP_TOKEN);", 'Error: no order for ***'],
    ['meets a response that is not ok', 'send.orStop(gone);', 'Error: at "gone": status 410'],
    ['loses an exception', 'loses();', 'Error: lost in a helper'],
  ])('of a scenario that %s is told, beside figures that are whole', async (_, teardown, why) => {
    const SHOP_TOKEN = 'canary-of-a-token';
    const end = await runFailing({ teardown }, { SHOP_TOKEN });
    expect(end.exitCode, end.stderr).toBe(107);
    expect(end.summary).toMatchObject({
      verdict: 'fail',
      reasons: [expect.stringContaining(`teardown failed: ${why}; the figures of the load are whole`)],
      load: { iterations: { completed: JOURNEYS, failed: 0 }, failedTeardown: why },
      totals: { requests: 2 * JOURNEYS, outcomes: { ok: 2 * JOURNEYS } },
    });
    expect(end.stdout).toContain('clear up by hand');
    expect(end.stdout + end.stderr + end.report).not.toContain(SHOP_TOKEN);
  });

  it('of a script of others is told in the same way, and the gate fails', async () => {
    const end = await runScript({ teardown: "throw new Error('no order');" });
    expect(end.exitCode, end.stderr).toBe(107);
    expect(end.summary).toMatchObject({
      verdict: 'fail',
      reasons: [expect.stringContaining('teardown failed: Error: no order; the figures')],
      thresholds: [{ verdict: 'pass' }],
      totals: { requests: 3 },
    });
    const gate = await callTool(['gate', end.folder]);
    expect(gate.exitCode).toBe(1);
    expect(gate.stdout).toContain('teardown failed: Error: no order');
  });
});

describe('an exception of an async function that nobody awaited', () => {
  it('fails the run of a scenario, with a count that is exact and what to do', async () => {
    const end = await runFailing({ journey: 'if (!isTrial) loses();' });
    expect(end.exitCode, end.stderr).toBe(99);
    expect(end.summary).toMatchObject({
      verdict: 'fail',
      reasons: [
        `an exception was lost in ${JOURNEYS} journeys, since nobody awaited the async function that threw it: call it with await (see k6.log)`,
      ],
      load: { iterations: { failed: 0, unawaited: JOURNEYS } },
      totals: { requests: 2 * JOURNEYS, outcomes: { ok: 2 * JOURNEYS } },
    });
    expect(end.stdout).toContain('call it with await');
    expect(end.stdout).toContain(`FAIL: ${BY_SCRIPT}`);
    expect(end.report).toContain(BY_SCRIPT);
    expect((await callTool(['gate', end.folder])).stdout).toContain(BY_SCRIPT);
  });

  it('fails a script of others where it was in all that it did, and is told where it was not', async () => {
    const always = await runScript({ iteration: 'loses();' });
    expect(always.exitCode, always.stderr).toBe(99);
    expect(always.summary).toMatchObject({ verdict: 'fail', load: { iterations: { thrown: 3, unawaited: 3 } } });
    expect(always.stdout).toContain('every one of 3 iterations of the script, 3 times in an async function');
    const once = await runScript({ iteration: 'if (__ITER === 1) loses();' });
    expect(once.exitCode, once.stderr).toBe(0);
    expect(once.summary).toMatchObject({ verdict: 'pass', load: { iterations: { thrown: 1, unawaited: 1 } } });
    expect(once.report).toContain('see that each is called with await');
  });
});

it('after an interruption note and table name the journeys that had begun and came to no end', async () => {
  const results = temporaryFolder();
  const args = ['run', 'failing', '--plan', 'resting', '--no-baseline', '--k6-output', '--results', results];
  const tool = startTool(args, { BASE_URL: await startService() }, projectOf({}));
  await tool.says(/2\/2 VUs/);
  tool.child.kill('SIGINT');
  expect((await tool.ended).exitCode).toBe(105);
  const { summary, report } = readOnlyRun(results);
  // To k6 a user in the pause after its journey is one that was interrupted.
  expect(summary.load.iterations.interrupted).toBe(USERS);
  const begun = sum((summary.journeys ?? []).map(({ started, completed }) => started - completed));
  const [, told = '0'] = /k6 interrupted (\d+) journeys?/.exec(report) ?? [];
  expect(Number(told)).toBe(begun);
});
