import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FACTS_KEY } from '../../core/spec/test-facts.ts';
import { temporaryFolder } from '../../e2e/tool.ts';
import { inspectScenario } from './inspect-scenario.ts';

/** A program that answers as its script says, in place of k6. */
function inspect(script: string, timeoutMs?: number) {
  const file = path.join(temporaryFolder(), 'k6');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return inspectScenario({ path: file, version: '2.2.0', source: 'K6_BIN', hasRecorder: false }, 'x.js', {}, timeoutMs);
}

describe.skipIf(process.platform === 'win32')('a k6 that loads a scenario', () => {
  it('tells the facts of the test', async () => {
    const facts = { name: 'x' };
    const options = JSON.stringify({ ext: { [FACTS_KEY]: facts } });
    expect(await inspect(`echo '${options}'`)).toEqual({ ok: true, facts });
  });

  it.each([
    ['says nothing', 'exit 0', /did not tell the options[\s\S]*it said nothing/],
    ['says something else', 'echo hello', /did not tell the options[\s\S]*it said something that is no JSON/],
    ['is killed', 'kill -9 $$', /did not tell the options[\s\S]*it ended with signal SIGKILL/],
    ['knows no test', 'echo null', /does not export what defineLoadTest made/],
    ['sets httpDebug', 'echo \'{"httpDebug": "full", "ext": {"k6-verdict": {}}}\'', /writes each request with its/],
    ['knows other options', 'echo \'{"ext": null}\'', /does not export what defineLoadTest made/],
  ])('and %s is refused', async (_, script, message) => {
    await expect(inspect(script)).rejects.toThrow(message);
    await expect(inspect(script)).rejects.toMatchObject({ name: 'UserError' });
  });

  it('and has none of our modules is told what sends journeys', async () => {
    const said = 'unknown modules [\\"k6/x/verdict\\"] were tried to be loaded';
    const k6 = `echo '{"level":"error","msg":"could not load: ${said}"}' >&2; exit 107`;
    await expect(inspect(k6)).rejects.toThrow(
      /^Journeys need the k6 of k6-verdict[\s\S]*without the recorder[\s\S]*K6_BIN/,
    );
  });

  it('and ends with a code hands it on', async () => {
    expect(await inspect('echo no >&2; exit 107')).toEqual({ ok: false, exitCode: 107, message: 'no' });
  });

  it.each([
    [
      'that the script does not make',
      'invalid threshold defined on sould; reason: no metric name \\"sould\\" found',
      /a metric that the scenario does not make: "sould"\.[\s\S]*new Counter\("sould"\)/,
    ],
    [
      'of another kind',
      'invalid threshold \\"count>=0\\" applied on metric basket; reason: unsupported aggregation method count on metric of type trend. supported aggregation methods for this metric are: avg',
      /limits on the metric "basket" that it cannot have\.\n {2}received: a trend/,
    ],
  ])('and refuses limits on a metric %s makes it a mistake of the budgets', async (_, said, message) => {
    const script = `cat >&2 <<'END'\n{"level":"error","msg":"${said}"}\nEND\nexit 104`;
    await expect(inspect(script)).rejects.toThrow(message);
    await expect(inspect(script)).rejects.toMatchObject({ name: 'UserError' });
  });

  it('and never ends is ended', async () => {
    await expect(inspect('sleep 300', 200)).rejects.toThrow(
      /did not load the scenario within 0\.2 s[\s\S]*look for a loop without an end/,
    );
  });
});
