import { expect, it } from 'vitest';
import { workloadOfScript } from './script-workload.ts';

const SHA256 = 'b'.repeat(64);
const scenarioOf = (scenario: object) =>
  workloadOfScript({ options: { scenarios: { own: scenario } } }, SHA256, '2.2.1').scenarios.own;

it('names the script, the minor version of k6 and the options that k6 was given', () => {
  const options = { scenarios: {}, batch: 20, localIPs: '10.0.0.1,10.0.0.2', hosts: { 'shop.example': '127.0.0.1' } };
  expect(workloadOfScript({ options }, SHA256, '2.2.1')).toEqual({
    script: SHA256,
    k6: '2.2',
    scenarios: {},
    k6Options: { localIPs: '2', hosts: 'shop.example=127.0.0.1' },
  });
});

it.each([
  [
    { executor: 'constant-vus', startTime: null, gracefulStop: null, exec: null, vus: 1, duration: '1m0s' },
    { executor: 'constant-vus', startTime: '0s', gracefulStop: '30s', exec: 'default', vus: null, duration: '1m0s' },
    { executor: 'constant-vus', duration: '1m0s' },
  ],
  [
    { executor: 'shared-iterations', vus: null, iterations: null, maxDuration: null },
    { executor: 'shared-iterations', vus: 1, iterations: 1, maxDuration: '10m0s' },
    { executor: 'shared-iterations' },
  ],
  [
    { executor: 'ramping-vus', startVUs: null, gracefulRampDown: null, stages: [{ duration: '5s', target: 2 }] },
    { executor: 'ramping-vus', startVUs: 1, gracefulRampDown: '30s', stages: [{ duration: '5s', target: 2 }] },
    { executor: 'ramping-vus', stages: [{ duration: '5s', target: 2 }] },
  ],
  [
    { executor: 'ramping-arrival-rate', startRate: null, timeUnit: null, preAllocatedVUs: 7, maxVUs: null },
    { executor: 'ramping-arrival-rate', startRate: 0, timeUnit: '1s', preAllocatedVUs: 7, maxVUs: 7 },
    { executor: 'ramping-arrival-rate', preAllocatedVUs: 7 },
  ],
])('has what k6 does by itself left out, written out or not: %j', (silent, written, told) => {
  expect(scenarioOf(silent)).toEqual(told);
  expect(scenarioOf(written)).toEqual(told);
});

it('keeps whatever else a scenario says', () => {
  const scenario = {
    executor: 'constant-arrival-rate',
    exec: 'buy',
    startTime: '5s',
    gracefulStop: '0s',
    rate: 3,
    timeUnit: '1m0s',
    preAllocatedVUs: 7,
    maxVUs: 9,
    options: { browser: { type: 'chromium' } },
  };
  expect(scenarioOf(scenario)).toEqual(scenario);
});
