import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { program } from '../../cli/program.ts';
import { UserError } from '../../core/spec/errors.ts';
import { scenarioVariables } from '../setting-sources.ts';
import { refuseArguments, refuseConfigFile, refuseInheritedOptions } from './k6-guard.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the environment', () => {
  it.each([
    ['K6_NO_THRESHOLDS', 'true'],
    ['K6_ITERATIONS', '1'],
    ['K6_VUS', '1'],
    ['K6_DURATION', '1s'],
    ['K6_STAGES', '1s:1'],
    ['K6_RPS', '5'],
    ['K6_EXECUTION_SEGMENT', '0:1/2'],
    ['K6_SUMMARY_TREND_STATS', 'avg'],
    ['K6_SUMMARY_MODE', 'compact'],
    ['K6_NO_SUMMARY', 'true'],
    ['K6_NEW_MACHINE_READABLE_SUMMARY', 'true'],
    ['K6_SYSTEM_TAGS', 'url'],
    ['K6_NO_SETUP', 'true'],
    ['K6_NO_TEARDOWN', 'true'],
    ['K6_MAX_REDIRECTS', '10'],
    ['K6_THROW', 'true'],
    ['K6_BLACKLIST_IPS', '10.0.0.0/8'],
    ['K6_BLOCK_HOSTNAMES', '*'],
    ['K6_MIN_ITERATION_DURATION', '5s'],
    ['K6_CONFIG', '/tmp/k6.json'],
    ['K6_LOG_OUTPUT', 'none'],
    ['K6_HTTP_DEBUG', 'full'],
    ['K6_LOG_FORMAT', 'json'],
    ['K6_ADDRESS', '127.0.0.1:6565'],
    ['K6_ONCE', 'true'],
    ['K6_SCENARIO', 'one'],
  ])('is refused with %s, by name and not by value', (name, value) => {
    const refuse = () => refuseInheritedOptions({ PATH: '/bin', [name]: value });
    expect(refuse).toThrow(UserError);
    expect(refuse).toThrow(new RegExp(`^k6 would read ${name} from the environment`));
    expect(refuse).toThrow(`unset ${name}`);
    expect(refuse).toThrow('in the environment, in -e and in the file of --env-file');
    expect(refuse).not.toThrow(`${name}=`);
  });

  it('is refused once for all of them, with the settings to use instead', () => {
    const refuse = () => refuseInheritedOptions({ K6_VUS: '5', K6_DURATION: '1s', K6_RPS: '3', K6_NO_THRESHOLDS: '1' });
    expect(refuse).toThrow(/^k6 would read K6_DURATION, K6_NO_THRESHOLDS, K6_RPS, K6_VUS from/);
    expect(refuse).toThrow(
      'unset K6_DURATION K6_NO_THRESHOLDS K6_RPS K6_VUS, and use VUS (--vus), RATE (--rate), DURATION (--duration) instead',
    );
  });

  it.each([
    {},
    { VUS: '5', DURATION: '1s', NO_THRESHOLDS: 'true' },
    { K6_NO_THRESHOLDS: '' },
    { K6_WEB_DASHBOARD: 'true', K6_OUT: 'json=x', K6_BIN: '/usr/bin/k6', K6_NO_COLOR: 'true' },
    { MY_K6_VUS: '5' },
    { K6_LOCAL_IPS: '127.0.0.2', K6_NO_CONNECTION_REUSE: 'true', K6_OTEL_HEADERS: 'a=b', K6_NO_COOKIES_RESET: 'true' },
    { K6_SERVICE_HOST: '10.0.0.1' },
  ])('is taken as it is: %j', (environment) => {
    expect(() => refuseInheritedOptions(environment)).not.toThrow();
  });
});

describe('the variables of a scenario', () => {
  const K6_OPTIONS = ['K6_VUS=5', 'K6_NO_THRESHOLDS=true', 'K6_SUMMARY_TREND_STATS=avg', 'K6_RPS=1'];

  function envFileOf(content: string): string {
    const file = path.join(temporaryFolder(), 'load.env');
    writeFileSync(file, content);
    return file;
  }

  /** Each way to give a variable besides the environment, as sources and as arguments of `run`. */
  const waysOf = (option: string) => {
    const envFile = envFileOf(`TOKEN=x\n${option}\n`);
    return [
      { sources: { assignments: ['TOKEN=x', option] }, args: ['-e', 'TOKEN=x', '-e', option] },
      { sources: { assignments: [], envFile }, args: ['--env-file', envFile] },
    ];
  };

  it.each(K6_OPTIONS)('are refused with %s from -e and from --env-file', (option) => {
    for (const { sources } of waysOf(option)) {
      const variables = scenarioVariables({ flags: {}, environment: {}, ...sources });
      expect(() => refuseInheritedOptions(variables)).toThrow(UserError);
      expect(() => refuseInheritedOptions(variables)).toThrow(`k6 would read ${option.split('=')[0]} from`);
    }
  });

  // Should nothing refuse the variable, this host is refused: a failing test sends no load.
  const runWith = (...args: string[]) => program(['run', 'smoke', '--base-url', 'http://192.0.2.1', ...args]);

  it.each(K6_OPTIONS)('are refused by run with %s from -e and from --env-file', async (option) => {
    for (const { args } of waysOf(option))
      await expect(runWith(...args)).rejects.toThrow(`k6 would read ${option.split('=')[0]} from`);
  });

  it('are taken with any other variable', async () => {
    await expect(runWith('-e', 'TOKEN=x', '-e', 'K6_WEB_DASHBOARD=true')).rejects.toThrow(
      /^Load on 192\.0\.2\.1 has not/,
    );
  });

  // k6 gets them in its environment, and looks for its configuration file where they say.
  describe.skipIf(process.platform !== 'linux')('where k6 looks for its configuration file', () => {
    it.each(['XDG_CONFIG_HOME', 'HOME'])('%s is refused when it names a folder with one', async (name) => {
      const folder = temporaryFolder();
      for (const place of ['k6', path.join('.config', 'k6')]) {
        mkdirSync(path.join(folder, place), { recursive: true });
        writeFileSync(path.join(folder, place, 'config.json'), '{"rps": 1}');
      }
      await expect(runWith('-e', `${name}=${folder}`)).rejects.toThrow(/^A k6 configuration file sets/);
    });
  });
});

describe('arguments for k6', () => {
  it.each([
    [['--vus', '5'], '--vus'],
    [['--vus=5'], '--vus'],
    [['-u', '5'], '-u'],
    [['-u5'], '-u'],
    [['-vu5'], '-u'],
    [['-vvu', '5'], '-u'],
    [['-d', '1s'], '-d'],
    [['-i1'], '-i'],
    [['-s', '1s:1'], '-s'],
    [['-p'], '-p'],
    [['-c', 'k6.json'], '-c'],
    [['-vw'], '-w'],
    [['--quiet'], '--quiet'],
    [['-q'], '-q'],
    [['-vq=true'], '-q'],
    [['-l'], '-l'],
    [['--no-thresholds'], '--no-thresholds'],
    [['--no-thresholds=true'], '--no-thresholds'],
    [['--summary-trend-stats', 'avg'], '--summary-trend-stats'],
    [['--system-tags=url'], '--system-tags'],
    [['--no-setup'], '--no-setup'],
    [['--execution-segment', '0:1/2'], '--execution-segment'],
    [['--config', 'k6.json'], '--config'],
    [['--log-output=none'], '--log-output'],
    [['--out', 'json=x', '--tag', 'a=b', '--iterations', '1'], '--iterations'],
    [['--once'], '--once'],
    [['--scenario', 'one'], '--scenario'],
    [['--http-debug'], '--http-debug'],
    [['--http-debug=full'], '--http-debug'],
    [['-a', '127.0.0.1:6565'], '-a'],
    [['--log-format=json'], '--log-format'],
    [['--new-in-k6-3=canary'], '--new-in-k6-3'],
    [['-x'], '-x'],
    [['--no-setup=canary'], '--no-setup'],
    [['-u=canary'], '-u'],
    [['--user-agent', '--vus', '--vus'], '--vus'],
  ])('%j are refused, and name it', (args, name) => {
    const refuse = () => refuseArguments(args);
    expect(refuse).toThrow(UserError);
    expect(refuse).toThrow(`k6's ${name} cannot be used`);
  });

  it.each([
    [['--out'], "k6's --out has no value"],
    [['-vo'], "k6's -o has no value"],
    [['--no-color', '--tag'], "k6's --tag has no value"],
    [['canary.js', '--user-agent'], 'an argument that is no option'],
    [['--', '-u', '5'], 'an argument that is no option'],
    [['--no-color', 'true'], 'an argument that is no option'],
    [['-'], 'an argument that is no option'],
    [[''], 'an argument that is no option'],
  ])('%j are refused: k6 would run something else', (args, words) => {
    expect(() => refuseArguments(args)).toThrow(words);
  });

  it.each([
    [['--tag', 'token=canary', '--vus', '3']],
    [['--user-agent=canary', '-u5']],
    [['--env', 'TOKEN=canary']],
    [['-eTOKEN=canary']],
    [['-ve=TOKEN=canary']],
    [['canary']],
    [['--out=json=canary', 'canary']],
    [['--http://u:canary@host/=1']],
    [['--secret-source=canary', '--http-debug=canary']],
  ])('%j are refused without their values', (args) => {
    expect(() => refuseArguments(args)).toThrow(UserError);
    expect(() => refuseArguments(args)).not.toThrow('canary');
  });

  it('a second record is refused, there and in K6_OUT', () => {
    expect(() => refuseArguments(['-o', 'json=x', '--out=verdict=y'])).toThrow(
      "k6's --out cannot name the output verdict",
    );
    expect(() => refuseInheritedOptions({ K6_OUT: 'json=x, verdict' })).toThrow("k6's K6_OUT cannot name");
    expect(() => refuseArguments(['--out', 'json=verdict'])).not.toThrow();
  });

  it('a new option of k6 is refused, since nobody knows what it does', () => {
    expect(() => refuseArguments(['--fewer-users'])).toThrow('k6-verdict does not know it, and cannot tell');
  });

  it('say which setting to use instead', () => {
    expect(() => refuseArguments(['-u', '5'])).toThrow('leave it out, and use VUS (--vus) instead');
    expect(() => refuseArguments(['--rps=5'])).toThrow('leave it out, and use RATE (--rate) instead');
    expect(() => refuseArguments(['--no-thresholds'])).toThrow(/to do: {4}leave it out$/);
  });

  it.each([
    [['-e', 'VUS=500']],
    [['-eVUS=500']],
    [['--env', 'VUS=500']],
    [['--env=VUS=500']],
    [['--out', 'json=x', '-e', 'A=1']],
    [['-ve', 'VUS=5']],
    [['-veVUS=5']],
    [['-vve', 'VUS=5']],
    [['-vve=VUS=5']],
    [['--no-color', '-ve', 'VUS=5']],
  ])('%j are refused: variables come before the second --', (args) => {
    expect(() => refuseArguments(args)).toThrow(UserError);
    expect(() => refuseArguments(args)).toThrow('expected: -e NAME=value before the second --');
  });

  it.each([
    [[]],
    [['--out', 'json=raw.json']],
    [['-o', 'csv']],
    [['--tag', 'region=eu', '--tag=vus=5']],
    [['--local-ips', '10.0.0.1']],
    [['-v', '--no-color']],
    [['--summary-export=x.json']],
    [['--no-connection-reuse=false', '--tag', '--vus', '-vv']],
    [['-vvo', 'csv', '-v=true', '-ojson=raw.json', '-o=json=raw.json']],
    [['--insecure-skip-tls-verify', '--no-vu-connection-reuse', '--batch=1', '--batch-per-host', '1', '--dns=ttl=0']],
  ])('%j go to k6 as they are', (args) => {
    expect(() => refuseArguments(args)).not.toThrow();
  });
});

// On macOS k6's folder hangs on the home folder alone, which a test has no business in.
describe.skipIf(process.platform === 'darwin')('a k6 configuration file', () => {
  function environmentWith(content?: string): Record<string, string> {
    const folder = temporaryFolder();
    if (content !== undefined) {
      mkdirSync(path.join(folder, 'k6'));
      writeFileSync(path.join(folder, 'k6', 'config.json'), content);
    }
    return { XDG_CONFIG_HOME: folder, APPDATA: folder };
  }

  it.each([
    'vus',
    'duration',
    'iterations',
    'stages',
    'scenarios',
    'thresholds',
    'summaryTrendStats',
    'systemTags',
    'executionSegmentSequence',
    'blacklistIPs',
    'minIterationDuration',
    'noSetup',
    'rps',
    'VUS',
    'Duration',
    'ITERATIONS',
    'summarytrendstats',
    'SummaryTrendStats',
    'blacklistips',
    'BLACKLISTIPS',
    'NoSetup',
    'minITERATIONduration',
    'setupTimeout',
    'maxRedirects',
    'blockHostnames',
    'hosts',
  ])('is refused when it sets %s', (option) => {
    const environment = environmentWith(JSON.stringify({ userAgent: 'x', [option]: 1 }));
    const refuse = () => refuseConfigFile(environment);
    expect(refuse).toThrow(UserError);
    expect(refuse).toThrow(`${path.join('k6', 'config.json')} sets ${option}\n`);
  });

  it('is refused with all that it sets', () => {
    const environment = environmentWith('{"vus": 5, "duration": "1s", "collectors": {}}');
    expect(() => refuseConfigFile(environment)).toThrow('sets vus, duration\n');
  });

  it.each(['{"vus": 5', '', 'vus: 5'])('is refused when it is no JSON: %j', (content) => {
    const environment = environmentWith(content);
    expect(() => refuseConfigFile(environment)).toThrow(UserError);
    expect(() => refuseConfigFile(environment)).toThrow(/^The k6 configuration file cannot be read\./);
  });

  it.each(['{}', '{"vus": null, "duration": null}', '{"userAgent": "x", "collectors": {"cloud": {"token": "t"}}}'])(
    'may be there with nothing of the kind: %s',
    (content) => {
      expect(() => refuseConfigFile(environmentWith(content))).not.toThrow();
    },
  );

  it('is looked for in a folder: k6 does not start where a file is in its place', () => {
    const file = path.join(temporaryFolder(), 'home');
    writeFileSync(file, '');
    const environment = { HOME: file, XDG_CONFIG_HOME: file, APPDATA: file };
    expect(() => refuseConfigFile(environment)).toThrow(UserError);
    expect(() => refuseConfigFile(environment)).toThrow(/^k6 cannot look for its configuration file[\s\S]*ENOTDIR/);
  });

  it('need not be there', () => {
    expect(() => refuseConfigFile(environmentWith())).not.toThrow();
  });
});
