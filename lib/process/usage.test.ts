import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startProcess } from './start-process.ts';
import { watchUsage } from './usage.ts';

/** Works until it has used so much CPU time, says so, and waits to be ended. */
const WORK = `
  const used = () => process.cpuUsage().user + process.cpuUsage().system;
  while (used() < 600_000);
  console.log('worked');
  setInterval(() => {}, 1000);
`;

it('the CPU time and the memory of a process are its own, and not those of the machine', async () => {
  const child = startProcess({ program: process.execPath, args: ['-e', WORK], stdout: 'pipe', stderr: 'ignore' });
  const usage = watchUsage(child.pid ?? 0);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  await expect.poll(() => usage.seen()?.cpuSeconds).toBeGreaterThanOrEqual(0.6);
  const { cpuSeconds = 0, cpuShare = 0, peakMemoryBytes = 0 } = usage.end() ?? {};
  await child.stop();
  // It idles after its work, however long this machine takes to run it.
  expect(cpuSeconds).toBeLessThan(5);
  expect(cpuShare).toBeGreaterThan(0);
  expect(cpuShare).toBeLessThanOrEqual(1);
  expect(peakMemoryBytes).toBeGreaterThan(10 * 1024 ** 2);
});

it('a process that was never seen has no figures', async () => {
  const child = startProcess({ program: process.execPath, args: ['-e', ''], stdout: 'ignore', stderr: 'ignore' });
  await child.ended;
  const usage = watchUsage(child.pid ?? 0);
  await sleep(1);
  expect(usage.end()).toBeUndefined();
});
