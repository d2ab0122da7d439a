import { describe, expect, it } from 'vitest';
import { iterationsAtEnd, K6Output, type K6Progress, parseProgress } from './k6-progress.ts';

describe("k6's progress", () => {
  it.each<[string, Partial<K6Progress>]>([
    [
      'running (0m02.0s), 07/27 VUs, 7 complete and 0 interrupted iterations',
      { isPaused: false, seconds: 2, users: [7, 27], complete: 7, interrupted: 0 },
    ],
    ['running (1m02.3s), 50/50 VUs, 1234 complete and 0 interrupted iterations', { seconds: 62.3 }],
    [
      'running (3h00m03.0s), 00/27 VUs, 15 complete and 14 interrupted iterations\r',
      { seconds: 10_803, users: [0, 27], complete: 15, interrupted: 14 },
    ],
    [
      'running (1d02h00m01.0s), 0001/1000 VUs, 5 complete and 1 interrupted iterations',
      { seconds: 93_601, users: [1, 1000] },
    ],
    ['paused (0m01.0s), 0/5 VUs, 3 complete and 0 interrupted iterations', { isPaused: true, seconds: 1 }],
    ['paused, 0/5 VUs, 0 complete and 0 interrupted iterations', { isPaused: true, seconds: 0 }],
  ])('%s', (line, progress) => {
    expect(parseProgress(line)).toMatchObject(progress);
  });

  it.each([
    '',
    'Init       [  40% ] 20/50 VUs initialized',
    'Run        [ 100% ] setup()',
    'users      [  20% ] 5 VUs    0.8s/4s           ',
    'it says: running (0m02.0s), 07/27 VUs, 7 complete and 0 interrupted iterations',
    'running (0m02.0s), 07/27 VUs, 7 complete',
  ])('is not "%s"', (line) => expect(parseProgress(line)).toBeUndefined());
});

describe('what k6 writes to standard output', () => {
  const RUNNING = 'running (0m02.0s), 7/7 VUs, 7 complete and 0 interrupted iterations';
  const END = 'running (0m03.3s), 0/7 VUs, 15 complete and 4 interrupted iterations';

  function read(...lines: readonly string[]) {
    const [progress, other]: [number[], string[]] = [[], []];
    const output = new K6Output(
      ({ complete }) => progress.push(complete),
      (line) => other.push(line),
    );
    for (const line of lines) output.take(line);
    return { progress, other, last: output.last };
  }

  it('is a greeting, progress, and whatever else somebody wrote', () => {
    const { progress, other, last } = read(
      '         /\\      Grafana   /‾‾/  ',
      '        script: /tmp/somewhere/bundle.js',
      '     scenarios: (100.00%) 1 scenario, 7 max VUs, 40s max duration (incl. graceful stop):',
      '              * users: 7 looping VUs for 4s (gracefulStop: 1s)',
      '',
      'Run        [ 100% ] setup()',
      'users      [   0% ]',
      '',
      RUNNING,
      'users    ✗ [  44% ] 5 VUs      1.8s/4s           ',
      'a line of somebody',
      END,
      'arrivals ✓ [ 100% ] 06/20 VUs  0.8s/4s            10.00 iters/s',
    );
    expect(progress).toEqual([7, 15]);
    expect(other).toEqual(['a line of somebody']);
    expect(iterationsAtEnd(last)).toEqual({ complete: 15, interrupted: 4 });
    expect(last?.mostSeconds).toBe(40);
  });

  it('has the summary of a short run before any progress', () => {
    const { other } = read(
      '         /\\      Grafana   /‾‾/  ',
      '',
      '     scenarios: (100.00%) 1 scenario, 1 max VUs',
      '              * default: 1 iterations',
      '',
      'summary of somebody',
      END,
    );
    expect(other).toEqual(['summary of somebody']);
  });

  it.each([
    ['at its end, as many as there are users', [RUNNING], 7],
    ['at its end, besides those before', [RUNNING.replace('and 0', 'and 3')], 10],
    ['in a run of less than a second', [], 7],
  ])('has no more interrupted iterations than users could have been in: %s', (_, before, interrupted) => {
    const { last } = read(...before, END.replace('4 interrupted', '20698 interrupted'));
    expect(iterationsAtEnd(last)).toEqual({ complete: 15, interrupted });
  });

  it('does not tell the iterations of a run that did not come to its end', () => {
    expect(iterationsAtEnd(read(RUNNING).last)).toBeUndefined();
    expect(iterationsAtEnd(read('Run        [ 100% ] setup()').last)).toBeUndefined();
  });
});
