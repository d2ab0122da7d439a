import { describe, expect, it } from 'vitest';
import { readArguments, refuseScriptArguments, valuesOf } from './script-arguments.ts';

describe('arguments of k6 run', () => {
  it('are read as k6 reads them', () => {
    const args = [
      '--vus',
      '3',
      '-e',
      'A=1',
      '-qi5',
      '--env=B=x=y',
      '--once',
      '-vu=2',
      '--http-debug',
      '-e',
      '--paused',
    ];
    expect(readArguments(args)).toEqual([
      { option: 'vus', written: '--vus', value: '3' },
      { option: 'env', written: '-e', value: 'A=1' },
      { option: 'quiet', written: '-q' },
      { option: 'iterations', written: '-i', value: '5' },
      { option: 'env', written: '--env', value: 'B=x=y' },
      { option: 'once', written: '--once' },
      { option: 'verbose', written: '-v' },
      { option: 'vus', written: '-u', value: '2' },
      { option: 'http-debug', written: '--http-debug' },
      { option: 'env', written: '-e', value: '--paused' },
    ]);
  });

  it('give all values of an option', () => {
    expect(valuesOf('env', ['-eA=1', '--tag', '-e', '-e', 'B=2', '--env'])).toEqual(['A=1', 'B=2']);
  });
});

describe('what a script may not be told', () => {
  it.each([
    [['--no-thresholds']],
    [['--no-summary']],
    [['--summary-mode', 'full']],
    [['--summary-mode=disabled']],
    [['--paused']],
    [['-p']],
    [['-qp']],
    [['--linger']],
    [['-l']],
    [['--out', 'verdict=x.ndjson']],
    [['-o', 'verdict']],
    [['-overdict=x']],
  ])('%j is refused', (args) => {
    expect(() => refuseScriptArguments(args, {})).toThrow(/cannot be told/);
  });

  it.each([
    ['K6_NO_THRESHOLDS', 'true'],
    ['K6_NO_SUMMARY', '1'],
    ['K6_SUMMARY_MODE', 'legacy'],
    ['K6_PAUSED', 'true'],
    ['K6_LINGER', 'true'],
    ['K6_OUT', 'json=x.json,verdict=y'],
  ])('%s is refused', (name, value) => {
    expect(() => refuseScriptArguments([], { [name]: value })).toThrow(name);
  });

  it('everything else is the user’s', () => {
    const args = ['-e', 'A=--paused', '--vus=2', '-i', '3', '--config', 'c.json', '--scenario', 'x', '--once'];
    const more = ['--out', 'json=verdict.json', '--tag', '--linger', '--paused=false', '--no-setup', '-u', '-p'];
    const environment = { K6_VUS: '3', K6_PAUSED: 'false', K6_SUMMARY_MODE: '', K6_OUT: 'csv', NO_SUMMARY: 'true' };
    expect(() => refuseScriptArguments([...args, ...more], environment)).not.toThrow();
  });

  it('is named, and its value is not', () => {
    const refuse = () => refuseScriptArguments(['--linger', '--out=verdict=s3cret'], { K6_NO_SUMMARY: 'true' });
    expect(refuse).toThrow(/--linger, --out, K6_NO_SUMMARY/);
    expect(refuse).not.toThrow(/s3cret/);
  });
});
