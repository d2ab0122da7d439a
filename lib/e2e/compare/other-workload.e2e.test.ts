import path from 'node:path';
import { expect, it } from 'vitest';
import { unhurriedProject } from '../own-project.ts';
import { callTool, runScenario } from '../tool.ts';

/** 50 requests, however long they take. */
const LOAD = ['--plan', 'reference', '--vus', '1', '--think-time', '20ms', '--no-baseline'];

it('k6 options that change the work make another workload, however k6 was told, and compare names them', async () => {
  const project = unhurriedProject();
  const plain = await runScenario('sustained', {}, LOAD, project);
  const told = await runScenario('sustained', {}, [...LOAD, '--', '--no-connection-reuse'], project);
  const inherited = await runScenario('sustained', { K6_NO_CONNECTION_REUSE: 'true' }, LOAD, project);
  expect(plain.summary).not.toHaveProperty('k6Options');
  expect(told.summary.k6Options).toEqual({ noConnectionReuse: true });
  expect(inherited.summary.k6Options).toEqual({ noConnectionReuse: true });
  expect(told.report).toContain('k6 options that change the work: noConnectionReuse');
  expect(inherited.summary.fingerprint).toBe(told.summary.fingerprint);
  expect(plain.summary.fingerprint).not.toBe(told.summary.fingerprint);

  const results = path.join(project, 'results');
  const end = await callTool(
    ['compare', '--base', plain.folder, '--head', told.folder, '--results', results],
    {},
    project,
  );
  expect(end.exitCode, end.stderr).toBe(4);
  expect(end.stdout).toContain('k6 options: none against noConnectionReuse');
});
