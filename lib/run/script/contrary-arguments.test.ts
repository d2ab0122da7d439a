import { describe, expect, it } from 'vitest';
import { refuseContraryArguments } from './contrary-arguments.ts';

const PART = { instance: 1, of: 2, runId: 'run' };

describe('with --flat-memory', () => {
  it.each([
    [['--summary-export', 'x.json'], {}, '--summary-export'],
    [['--summary-trend-stats=max'], {}, '--summary-trend-stats'],
    [['--new-machine-readable-summary'], {}, '--new-machine-readable-summary'],
    [['--no-thresholds=false'], {}, '--no-thresholds'],
    [[], { K6_SUMMARY_EXPORT: 'x.json' }, 'K6_SUMMARY_EXPORT'],
    [[], { K6_NO_SUMMARY: 'false' }, 'K6_NO_SUMMARY'],
  ])('%j %j is refused, as what asks for the engine of k6', (args, environment, named) => {
    expect(() => refuseContraryArguments(args, environment, { flatMemory: true })).toThrow(named);
    expect(() => refuseContraryArguments(args, environment, { part: PART })).not.toThrow();
  });

  it('everything else is the user’s', () => {
    const args = ['--quiet', '--vus', '2', '--new-machine-readable-summary=false', '-e', '--summary-export'];
    const environment = { K6_SUMMARY_EXPORT: '', K6_VUS: '2', SUMMARY_EXPORT: 'x' };
    expect(() => refuseContraryArguments(args, environment, { flatMemory: true })).not.toThrow();
  });
});

describe('with --instance', () => {
  it.each([
    [['--execution-segment', '0:1/2'], {}, '--execution-segment'],
    [['--execution-segment-sequence=0,1/2,1'], {}, '--execution-segment-sequence'],
    [[], { K6_EXECUTION_SEGMENT: '0:1/2' }, 'K6_EXECUTION_SEGMENT'],
  ])('%j %j is refused, as another part of the load', (args, environment, named) => {
    expect(() => refuseContraryArguments(args, environment, { part: PART })).toThrow(named);
    expect(() => refuseContraryArguments(args, environment, {})).not.toThrow();
  });
});
