import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { callTool, temporaryFolder } from '../tool.ts';

const JUDGED = "export const options = { thresholds: { iterations: ['count==1'] } };";
const RUN = 'export default function () {}';

/** What its user sees of a script, or of arguments, that k6 refuses: k6's exit code, its words, and what to do. */
interface Refusal {
  readonly text: string;
  readonly k6Arguments?: readonly string[];
  readonly exitCode: number;
  readonly says: RegExp;
  readonly todo?: RegExp;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'throws before its load': {
    text: `${JUDGED} JSON.parse('{oops'); ${RUN}`,
    exitCode: 107,
    says: /SyntaxError: invalid character 'o'[\s\S]*script\.js:1/,
  },
  'is no JavaScript': { text: `${RUN} let x = ;`, exitCode: 107, says: /Line 1:\d+ Unexpected token/ },
  'imports a file that is not there': {
    text: `import { go } from './helpers.js'; ${RUN}`,
    exitCode: 107,
    says: /"\.\/helpers\.js" couldn't be found on local disk/,
    todo: /correct the path/,
  },
  'imports a module that k6 does not have': {
    text: `import x from 'k6/htp'; ${RUN}`,
    exitCode: 107,
    says: /unknown modules \["k6\/htp"\]/,
    todo: /correct the name/,
  },
  'needs an extension': {
    text: `import sql from 'k6/x/sql'; ${RUN}`,
    exitCode: 107,
    says: /unknown modules \["k6\/x\/sql"\]/,
    todo: /build k6\/x\/sql into the k6 of k6-verdict: .*module\/README\.md .*never asks a server/,
  },
  'exports nothing': { text: '', exitCode: 255, says: /no exported functions/, todo: /export a default function/ },
  'has no default function': {
    text: 'export function main() {}',
    exitCode: 104,
    says: /function 'default' not found in exports/,
    todo: /export a default function/,
  },
  'has an executor that there is not': {
    text: `export const options = { scenarios: { a: { executor: 'per-vu' } } }; ${RUN}`,
    exitCode: 104,
    says: /unknown executor type 'per-vu'/,
  },
  'is called with an option that there is not': {
    text: RUN,
    k6Arguments: ['--virtual-users', '5'],
    exitCode: 255,
    says: /unknown flag: --virtual-users/,
    todo: /what follows --/,
  },
};

/** @returns how a run of the only script of a folder ended, and where */
async function runScript(text: string, k6Arguments: readonly string[] = []) {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'package.json'), '{}');
  writeFileSync(path.join(folder, 'script.js'), text);
  return { folder, ...(await callTool(['run', 'script.js', '--', ...k6Arguments], {}, folder)) };
}

it.each(Object.entries(REFUSALS))('a script that %s', async (_what, { text, k6Arguments, exitCode, says, todo }) => {
  const { folder, stdout, stderr, ...end } = await runScript(text, k6Arguments);
  expect(end.exitCode, stderr).toBe(exitCode);
  expect(stdout).toBe('');
  expect(stderr).toMatch(says);
  if (todo === undefined) expect(stderr).not.toContain('to do:');
  else expect(stderr).toMatch(todo);
  expect(stderr.split('\n').length, stderr).toBeLessThan(10);
  const [run = ''] = readdirSync(path.join(folder, 'results')).filter((each) => each !== 'latest');
  expect(existsSync(path.join(folder, 'results', run, 'summary.json')), 'nothing was judged').toBe(false);
});

it('a script with an option that k6 ignores is run, and its user hears of it', async () => {
  const { exitCode, stderr } = await runScript(`${JUDGED.replace('{', '{ virtualUsers: 5,')} ${RUN}`);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain('k6 ignored an option of the script that it does not know: virtualUsers');
});

it('a script that says its exports by module.exports, and needs a bundle', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'package.json'), '{}');
  writeFileSync(path.join(folder, 'count.js'), "const { Counter } = require('k6/metrics'); exports.Counter = Counter;");
  writeFileSync(
    path.join(folder, 'script.js'),
    `const { Counter } = require('./count');
const rows = new Counter('rows');
module.exports.options = { iterations: 3, thresholds: { rows: ['count==6'] } };
module.exports.default = () => rows.add(2);
`,
  );
  const { exitCode, stdout, stderr } = await callTool(['run', 'script.js'], {}, folder);
  expect(exitCode, stdout + stderr).toBe(0);
});

it('a script that asks for 100,000 URLs has one row, and a record that is not larger for it', async () => {
  const served = new Set<string>();
  const service = createServer((request, reply) => {
    served.add(request.url ?? '');
    reply.end();
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close().closeAllConnections());
  const { folder, exitCode, stderr } = await runScript(`import http from 'k6/http';
import exec from 'k6/execution';
export const options = {
  scenarios: { all: { executor: 'shared-iterations', vus: 10, iterations: 100000 } },
  thresholds: { http_req_failed: ['rate==0'] },
};
export default () => { http.get('http://127.0.0.1:${(service.address() as AddressInfo).port}/items/' + exec.scenario.iterationInTest); };
`);
  expect(exitCode, stderr).toBe(0);
  expect(served.size).toBe(100_000);
  const results = path.join(folder, 'results');
  const run = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  const { endpoints } = JSON.parse(readFileSync(path.join(run, 'summary.json'), 'utf8')) as ScriptSummary;
  expect(endpoints.map(({ id, requests }) => [id, requests])).toEqual([['GET /items/{id}', 100_000]]);
  expect(statSync(path.join(run, 'record.ndjson.gz')).size).toBeLessThan(1024 ** 2);
  expect(stderr).toContain('more than 100,000 time series');
});
