import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { runSummarySchema } from '../core/judge/run-summary-schema.ts';
import { expectK6SummaryToTellTheSame } from './k6-summary.ts';
import { unhurriedProject } from './own-project.ts';
import { callTool, FILES_OF_RUN, runScenario } from './tool.ts';
import { backendWith } from './truth.ts';

/** 100 requests, however long they take. */
const FIXED = { PLAN: 'reference', VUS: '2', THINK_TIME: '0' };

it('a run stores a summary that its JSON Schema accepts, and the whole set of files, and the gate lets it pass', async () => {
  const { summary, folder, files, exitCode, stdout, stderr } = await runScenario(
    'sustained',
    FIXED,
    [],
    unhurriedProject(),
  );
  expect(exitCode).toBe(0);
  expect(files).toEqual(FILES_OF_RUN);
  expect(stdout).toContain('PASS');
  const whileItRan = `${stderr}${stdout.slice(0, stdout.indexOf('PASS'))}`;
  expect(whileItRan.trimEnd().split('\n').length, whileItRan).toBeLessThanOrEqual(15);
  expect(whileItRan).toMatch(/^Load begins: sustained on 127\.0\.0\.1:\d+, .*\nLoad over after \w+: 100 requests \(/m);
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(runSummarySchema());
  validate(summary);
  expect(validate.errors).toBeNull();
  await expectK6SummaryToTellTheSame(folder);

  const gate = await callTool(['gate', folder, '--json']);
  expect(gate).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(gate.stdout)).toMatchObject({ verdict: 'pass', exitCode: 0 });

  const before = readFileSync(path.join(folder, 'report.md'), 'utf8');
  rmSync(path.join(folder, 'report.md'));
  expect(await callTool(['report', folder])).toMatchObject({ exitCode: 0 });
  expect(readFileSync(path.join(folder, 'report.md'), 'utf8')).toBe(before);

  rmSync(path.join(folder, 'summary.json'));
  const withoutSummary = await callTool(['gate', folder]);
  expect(withoutSummary.exitCode).toBe(2);
  expect(withoutSummary.stdout).toContain('has no summary');
});

it('one endpoint of five that answers only 404 fails the run, and the gate stops it', async () => {
  const backend = await backendWith('--status', 'projects=404', '--no-rate-limits');
  const { summary, folder, exitCode, report } = await runScenario('sustained', { ...FIXED, BASE_URL: backend.url });
  expect(exitCode).toBe(99);
  expect(summary.verdict).toBe('fail');
  expect(summary.reasons.join()).toContain('projects: successful responses: 0, must be >= 1');
  expect(report).toContain('/api/projects fails even without load: status 404.');
  expect(report).toContain('Fails even without load: status 404.');
  await expectK6SummaryToTellTheSame(folder);

  const gate = await callTool(['gate', folder]);
  expect(gate.exitCode).toBe(1);
  expect(gate.stdout).toContain('projects: successful responses: 0, must be >= 1');
});

it('a hopeless run ends early, and says so', async () => {
  const backend = await backendWith('--no-rate-limits', '--error-share', '1');
  // If it did not, it would take longer than this test may.
  const load = { VUS: '2', DURATION: '1h', THINK_TIME: '50ms', BASE_URL: backend.url };
  const { summary, exitCode, report } = await runScenario('sustained', load, ['--abort-on-fail', '1s']);
  expect(exitCode).toBe(99);
  expect(summary.verdict).toBe('fail');
  expect(summary.load.endedEarly).toBe(true);
  expect(summary.reasons.join('\n')).toContain('ended early');
  expect(summary.reasons.join('\n')).toContain('server errors');
  expect(report).toContain('ended early');
});
