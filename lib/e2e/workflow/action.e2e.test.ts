import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { projectRoot, temporaryFolder } from '../tool.ts';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')) as Action;
const workflowFolder = path.join(projectRoot, '.github', 'workflows');
const workflows = readdirSync(workflowFolder).map((name) => readFileSync(path.join(workflowFolder, name), 'utf8'));

it('the workflows, and the action where they call it, satisfy actionlint', () => {
  const lint = spawnSync('go', ['tool', 'actionlint', '-shellcheck=', '-pyflakes='].concat(files()), {
    cwd: fileURLToPath(new URL('actionlint', import.meta.url)),
    encoding: 'utf8',
  });
  // The first time go says what it downloads.
  const complaints = lint.stderr.replace(/^go: downloading .*\n/gm, '');
  expect(`${lint.error ?? ''}${lint.stdout}${complaints}`).toBe('');
  expect(lint.status).toBe(0);
});

function files(): string[] {
  return readdirSync(workflowFolder).map((name) => path.join(workflowFolder, name));
}

it('every action of others is pinned to a commit, and says which version that is', () => {
  const texts = [...workflows, readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')];
  const uses = texts.flatMap((text) => [...text.matchAll(/uses: (.+)/g)].map(([, what = '']) => what));
  expect(uses.length).toBeGreaterThan(8);
  for (const each of uses) expect(each).toMatch(/^(\.\/|actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
});

it('no workflow runs the code of a pull request with rights', () => {
  for (const text of workflows) {
    const workflow = parse(text) as { readonly on: unknown; readonly permissions: unknown };
    expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target');
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(text).not.toMatch(/secrets\./);
  }
});

it('no text from outside becomes a part of a script', () => {
  for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
});

interface Job {
  readonly failedStep: string | undefined;
  readonly ranSteps: readonly string[];
  readonly log: string;
  readonly summary: string;
  readonly results: string;
}

/** Runs the action's own steps as a runner of GitHub does; steps of other actions are left out. */
function runJob(inputs: Readonly<Record<string, string>>): Job {
  const folder = temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  mkdirSync(at('temp'));
  writeFileSync(at('event.json'), JSON.stringify({ ref: 'refs/heads/main' }));
  const outputs: Record<string, string> = {};
  const evaluate = (text: string): string =>
    text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
      if (expression === 'runner.temp') return at('temp');
      if (expression === 'github.token') return 'no-token';
      const [, input] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
      if (input !== undefined) return evaluate(inputs[input] ?? action.inputs[input]?.default ?? '');
      const [, step, output] = /^steps\.(\w+)\.outputs\.([\w-]+)$/.exec(expression) ?? [];
      if (step !== undefined) return outputs[`${step}.${output}`] ?? '';
      throw new Error(`The runner of this test does not know ${expression}`);
    });
  let failedStep: string | undefined;
  const ranSteps: string[] = [];
  let log = '';
  for (const { name = '', id, run, if: condition = '', env = {} } of action.runs.steps) {
    // `npm ci` would empty node_modules under the other tests.
    if (run === undefined || run === 'npm ci') continue;
    if (failedStep !== undefined && !condition.includes('always()')) continue;
    if (condition.includes("'pull_request'")) continue;
    writeFileSync(at('output'), '');
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: projectRoot,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        K6_BIN: process.env.K6_BIN ?? '',
        GITHUB_ACTIONS: 'true',
        CI: 'true',
        GITHUB_OUTPUT: at('output'),
        GITHUB_STEP_SUMMARY: at('summary.md'),
        GITHUB_EVENT_PATH: at('event.json'),
        GITHUB_REPOSITORY: 'team/service',
        ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, evaluate(value)])),
      },
    });
    ranSteps.push(name);
    log += stdout + stderr;
    for (const [, key, value] of readFileSync(at('output'), 'utf8').matchAll(/^([\w-]+)=(.*)$/gm)) {
      outputs[`${id}.${key}`] = value ?? '';
    }
    if (status !== 0) failedStep ??= `${name}: ${status}`;
  }
  return {
    failedStep,
    ranSteps,
    log,
    summary: existsSync(at('summary.md')) ? readFileSync(at('summary.md'), 'utf8') : '',
    results: at('temp/k6-verdict'),
  };
}

const ALL_STEPS = ['Run the scenarios', 'Judge the runs', 'End by the verdict'];

it('a pull request that holds its thresholds passes, and says so on its pages', () => {
  const job = runJob({ scenarios: 'smoke' });
  expect(job.failedStep).toBeUndefined();
  expect(job.ranSteps).toEqual(ALL_STEPS);
  expect(job.log).toContain('::notice title=PASS');
  expect(job.summary).toContain('PASS (demo target): the planned load was delivered and every threshold holds.');
  expect(readFileSync(path.join(job.results, 'comment.md'), 'utf8')).toMatch(/^<!-- k6-verdict:gate -->\n/);
  expect(readFileSync(path.join(job.results, 'junit.xml'), 'utf8')).toContain('failures="0"');
});

it('a crossed threshold ends the job by the verdict, after everything was told', () => {
  const job = runJob({ scenarios: 'smoke', 'run-options': '--backend-profile report' });
  expect(job.log).toContain('exit code 99');
  expect(job.failedStep).toBe('End by the verdict: 1');
  expect(job.ranSteps).toEqual(ALL_STEPS);
  expect(job.log).toMatch(/^::error title=FAIL/m);
  expect(job.summary).toContain('FAIL (demo target): the service did not meet its thresholds');
});

it('a k6 script is run and judged as a scenario is, on the service of base-url', async () => {
  const script = path.join(temporaryFolder(), 'look.js');
  writeFileSync(
    script,
    `import http from 'k6/http';
export const options = { iterations: 3, thresholds: { http_req_failed: ['rate<0.01'] } };
export default function () { http.get(__ENV.BASE_URL + '/health?stage=' + __ENV.STAGE); }
`,
  );
  const job = runJob({ scenarios: script, 'base-url': await answeringService(), 'run-options': '-- -e STAGE=ci' });
  expect(job.failedStep, job.log).toBeUndefined();
  expect(job.ranSteps).toEqual(ALL_STEPS);
  expect(job.summary).toContain('| look | ✅ pass | 3 |');
});

/** A process of its own: the steps keep this one waiting. @returns where it answers */
async function answeringService(): Promise<string> {
  const code = `const s = require('http').createServer((_, r) => r.end()).listen(0, '127.0.0.1', () => console.log(s.address().port))`;
  const service = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void service.kill());
  const [port] = await once(service.stdout, 'data');
  return `http://127.0.0.1:${String(port).trim()}`;
}

it('one of two scenarios that is not there fails the job, and the other is still judged', () => {
  const job = runJob({ scenarios: 'smoke nowhere' });
  expect(job.failedStep).toBe('End by the verdict: 2');
  expect(job.summary).toContain('CANNOT JUDGE: 1 input could not be read.');
  expect(job.summary).toContain('0 of 41 thresholds failed');
});

it('no scenario at all fails the job: the latest run of the project is not taken for it', () => {
  const job = runJob({ scenarios: ' ' });
  expect(job.failedStep).toBe('End by the verdict: 2');
  expect(job.log).toContain('There is no scenario to run');
});
