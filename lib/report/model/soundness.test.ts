import { expect, it } from 'vitest';
import { oneEndpoint, runOf } from '../../testing/problems.ts';
import { LINUX_HOST } from '../../testing/runs.ts';
import { doubtsOf, measurementOf } from './soundness.ts';

const k6 = { cpuSeconds: 5, cpuShare: 0.09, peakMemoryBytes: 75 * 1024 ** 2 };
const withHost = (host: object, summary: object = {}) =>
  runOf({ ...oneEndpoint({ ok: 9 }), summary: { host: { ...LINUX_HOST, ...host }, ...summary } });

it.each([
  [{ cpuBusyShare: 0.8 }, []],
  [{ cpuBusyShare: 0.801 }, ['the test machine was 80.1 % busy; latencies may be too high']],
  [{ cpuBusyShare: 0.998, k6 }, ['the test machine was 99.8 % busy, of which k6 took 9 %; latencies may be too high']],
  [{ k6: { ...k6, cpuShare: 0.5 } }, []],
])('the doubts of a machine with %j are %j', (host, doubts) => {
  expect(doubtsOf(withHost(host))).toEqual(doubts);
});

it('a run that was cut short, and requests that were never sent, are doubts as well', () => {
  expect(measurementOf(withHost({}, { verdict: 'incomplete' })).doubts).toEqual(['the run was cut short']);
  expect(doubtsOf(runOf(oneEndpoint({ ok: 9, not_sent: 1 })))[0]).toMatch(/^1 of 10 requests \(10 %\) never left/);
});

it("the machine's CPU and k6's own stand side by side", () => {
  expect(measurementOf(withHost({ cpuBusyShare: 0.5, k6 }))).toMatchObject({
    machineBusyShare: 0.5,
    k6CpuShare: 0.09,
    k6PeakMemoryBytes: 75 * 1024 ** 2,
  });
});
