import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gate } from '../../cli/gate.ts';
import { installPackage } from '../../testing/install-package.ts';
import { callTool, projectRoot } from '../tool.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-gate-'));
const at = (...names: string[]) => path.join(root, ...names);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What differs between the scenarios of the matrix: one user and the endpoint that always answers, unless it is said. */
interface Scenario {
  readonly budgets?: string;
  readonly shape?: string;
  readonly ending?: string;
  readonly backendProfile?: 'report';
}

const BUDGETS =
  '{ overall: { successShare: 0.9 }, everyEndpoint: { okReplies: 1 }, endpoints: { projects: {}, health: {} } }';

/** Real runs of k6, each with the exit code that `run` ends with. */
const RUNS: Readonly<Record<string, readonly [Scenario, number]>> = {
  'all-pass': [{}, 0],
  // The backend of the original report answers health with 404.
  crossed: [{ backendProfile: 'report' }, 99],
  // A user who thinks for longer than the load lasts asks once.
  'never-requested': [{ shape: 'constantUsers({ users: 1, durationSeconds: 1, thinkTimeSeconds: 60 })' }, 99],
  'zero-requests': [{ ending: 'export default () => {};' }, 99],
  'no-thresholds': [{ budgets: '{ overall: {}, everyEndpoint: {}, endpoints: { projects: {}, health: {} } }' }, 99],
  'only-warns': [
    {
      budgets:
        "{ overall: { successShare: { limit: 0.9, level: 'warn' } }, everyEndpoint: {}, endpoints: { projects: {}, health: {} } }",
    },
    99,
  ],
  warned: [
    {
      budgets:
        "{ overall: { okP95Ms: { limit: 0.001, level: 'warn' } }, everyEndpoint: { okReplies: 1 }, endpoints: { projects: {}, health: {} } }",
    },
    0,
  ],
  waived: [
    {
      budgets:
        "{ overall: { okP95Ms: { limit: 0.001, waiver: { reason: 'PERF-12', until: '9999-12-31' } } }, everyEndpoint: { okReplies: 1 }, endpoints: { projects: {}, health: {} } }",
    },
    0,
  ],
  'waiver-ended': [
    {
      budgets:
        "{ overall: { okP95Ms: { limit: 0.001, waiver: { reason: 'PERF-12', until: '2020-12-31' } } }, everyEndpoint: { okReplies: 1 }, endpoints: { projects: {}, health: {} } }",
    },
    99,
  ],
  exception: [
    { ending: "export default test.iterate; export const teardown = () => { throw new Error('boom'); };" },
    107,
  ],
  aborted: [
    {
      ending:
        "import { test as k6 } from 'k6/execution'; export default () => { test.iterate(); k6.abort('enough'); };",
    },
    108,
  ],
  'marked-as-failed': [
    { ending: "import { test as k6 } from 'k6/execution'; export default () => { test.iterate(); k6.fail('no'); };" },
    110,
  ],
  // One user who takes 20 ms, or more, for each of 500 arrivals a second.
  dropped: [
    {
      shape: 'constantArrivals({ ratePerSecond: 500, durationSeconds: 2, expectedLatencyMs: 1, maxUsers: 1 })',
      ending: "import { sleep } from 'k6'; export default () => { test.iterate(); sleep(0.1); };",
    },
    99,
  ],
};

function scenarioText(name: string, { budgets = BUDGETS, shape, ending = 'export default test.iterate;' }: Scenario) {
  const load = shape ?? 'constantUsers({ users: 1, durationSeconds: 1, thinkTimeSeconds: 0.05 })';
  const exports = ending.includes('teardown')
    ? 'options, setup, handleSummary'
    : 'options, setup, teardown, handleSummary';
  return `
    import { defineEndpoint } from 'k6-verdict';
    import { constantArrivals, constantUsers, defineLoadTest } from 'k6-verdict/k6';
    const test = defineLoadTest({
      name: '${name}', testId: 'GATE', purpose: 'a case of the gate',
      endpoints: [
        defineEndpoint({ id: 'projects', path: '/api/projects', category: 'Project' }),
        defineEndpoint({ id: 'health', path: '/api/health', category: 'Health' }),
      ],
      budgets: ${budgets},
      plans: { timed: { stream: ${load} } },
    });
    export const { ${exports} } = test;
    ${ending}
    void constantArrivals, constantUsers;
  `;
}

const runExitCodes: Record<string, number | null> = {};

beforeAll(async () => {
  mkdirSync(at('scenarios'));
  writeFileSync(at('package.json'), '{}');
  installPackage(root);
  // One after another: other tests send their loads beside these.
  for (const [name, [scenario]] of Object.entries(RUNS)) runExitCodes[name] = await runCase(name, scenario);
  const summary = readFileSync(at('all-pass', latestOf('all-pass'), 'summary.json'), 'utf8');
  const files: Record<string, string> = {
    'truncated.json': summary.slice(0, 2000),
    'empty.json': '',
    'text.json': 'k6 says hello',
    'wrong-schema.json': JSON.stringify({ ...JSON.parse(summary), totals: undefined }),
    'newer-schema.json': JSON.stringify({ ...JSON.parse(summary), schemaVersion: 99 }),
    'contradiction.json': summary.replace(/"requests": \d+/, '"requests": 999999'),
    'machine-readable.json': readFileSync(
      path.join(projectRoot, 'lib/core/foreign/fixtures/golden/machine-readable.json'),
      'utf8',
    ),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  cpSync(at('all-pass'), at('died'), { recursive: true });
  rmSync(at('died', latestOf('died'), 'summary.json'));
}, 240_000);

async function runCase(name: string, scenario: Scenario): Promise<number | null> {
  writeFileSync(at('scenarios', `${name}.ts`), scenarioText(name, scenario));
  const profile = scenario.backendProfile === undefined ? [] : ['--backend-profile', scenario.backendProfile];
  const { exitCode, stderr } = await callTool(
    ['run', name, '--results', at(name), '--no-baseline', ...profile],
    {},
    root,
  );
  if (exitCode === 2) throw new Error(stderr);
  return exitCode;
}

/** The gate without a process around it, which takes longer than all that it does. */
async function callGate(names: readonly string[], printsJson: boolean) {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const exitCode = await gate(
    { names, outputs: { prints: { json: printsJson }, files: {} }, workingFolder: root, environment: {} },
    { print, say: print, annotate: print, hasColour: false },
  );
  return { exitCode, stdout: printed.join('\n') };
}

function latestOf(results: string): string {
  return readFileSync(at(results, 'latest'), 'utf8').trim();
}

describe.each(Object.entries(RUNS))('a real run: %s', (name, [, exitCode]) => {
  it('ends as it should', () => expect(runExitCodes[name]).toBe(exitCode));
});

it.each<[name: string, inputs: readonly string[], verdict: string, exitCode: number, says: string]>([
  [
    'all thresholds hold',
    ['all-pass'],
    'pass',
    0,
    'PASS (demo target): the planned load was delivered and every threshold holds.',
  ],
  ['one threshold crossed', ['crossed'], 'fail', 1, 'health: successful responses: 0, must be >= 1'],
  [
    'an endpoint that was never requested',
    ['never-requested'],
    'no_data',
    1,
    'health: successful responses: nothing was measured',
  ],
  ['zero requests', ['zero-requests'], 'no_data', 2, 'nothing was measured'],
  ['no thresholds', ['no-thresholds'], 'no_data', 2, 'there is no threshold to judge by'],
  ['only thresholds that warn', ['only-warns'], 'no_data', 2, 'each one only warns, or is waived'],
  ['a warning', ['warned'], 'pass', 0, 'only warns'],
  ['a waiver', ['waived'], 'pass', 0, 'waived until 9999-12-31: PERF-12'],
  ['a waiver that ended', ['waiver-ended'], 'fail', 1, 'p95 of successful responses'],
  ['a teardown that throws', ['exception'], 'fail', 1, 'k6 exit code 107'],
  ['an abort', ['aborted'], 'incomplete', 1, 'test.abort()'],
  ['a run that was marked as failed', ['marked-as-failed'], 'fail', 1, 'k6 exit code 110'],
  ['dropped iterations', ['dropped'], 'invalid_load', 1, 'were dropped'],
  ['a truncated file', ['truncated.json'], 'unreadable', 2, 'is cut off'],
  ['an empty file', ['empty.json'], 'unreadable', 2, 'is empty'],
  ['a file that is no JSON', ['text.json'], 'unreadable', 2, 'is not JSON'],
  ['a file of a wrong schema', ['wrong-schema.json'], 'unreadable', 2, 'is not whole'],
  ['a file of a newer schema', ['newer-schema.json'], 'unreadable', 2, 'newer k6-verdict'],
  ['figures that contradict each other', ['contradiction.json'], 'unreadable', 2, 'contradict each other'],
  ['a summary of k6 without thresholds', ['machine-readable.json'], 'no_data', 2, 'or run with k6-verdict'],
  ['a missing folder', ['nowhere'], 'unreadable', 2, 'There is no such run'],
  ['a run that died before its summary', ['died'], 'unreadable', 2, 'has no summary'],
  ['two runs that pass', ['all-pass', 'warned'], 'pass', 0, 'PASS (demo target): all 2 runs'],
  ['two runs of which one is broken', ['all-pass', 'truncated.json'], 'unreadable', 2, 'is cut off'],
  ['two runs of which one fails', ['all-pass', 'crossed'], 'fail', 1, '1 of 2 runs passed'],
  ['a failure beside a broken file', ['truncated.json', 'crossed'], 'fail', 1, 'is cut off'],
])('the gate over %s', async (_case, inputs, verdict, exitCode, says) => {
  const names = inputs.map((name) => (name.endsWith('.json') || name === 'nowhere' ? at(name) : at(name, 'latest')));
  const told = await callGate(names, false);
  expect(told.stdout).toContain(says);
  expect(told.exitCode).toBe(exitCode);
  expect(told.stdout).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(told.stdout).not.toContain('::');
  const json = await callGate(names, true);
  expect(JSON.parse(json.stdout)).toMatchObject({ verdict, exitCode });
  expect(json.exitCode).toBe(exitCode);
});

it('without a name the latest run is judged, and named with its age and commit', async () => {
  const { stdout, exitCode } = await callTool(['gate', '--results', at('all-pass')], {}, root);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`The latest run is ${latestOf('all-pass')}, ended \\S+ ago`));
});

it('a latest run that died is refused, with its id and its age', async () => {
  const { stdout, exitCode } = await callTool(['gate', '--results', at('died')], {}, root);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(`The run ${latestOf('died')} has no summary`);
  expect(stdout).toMatch(/it was started \S+ ago/);
});

describe('bad usage ends with 2, and judges nothing', () => {
  it.each<[readonly string[], string]>([
    [['--k6-exit-code', 'x'], '--k6-exit-code is not an exit code'],
    [['--k6-exit-code', '256'], '0 to 255'],
    [['--k6-exit-code', '0'], 'has no meaning for a run of k6-verdict'],
    [['--junit', at('nowhere', 'j.xml')], 'cannot be written'],
    [['--comment', ''], '--comment is empty'],
    [['--jnit', 'x'], 'Did you mean --junit'],
  ])('%j', async (args, says) => {
    const { stdout, stderr, exitCode } = await callTool(['gate', at('all-pass', 'latest'), ...args], {}, root);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(says);
  });
});
