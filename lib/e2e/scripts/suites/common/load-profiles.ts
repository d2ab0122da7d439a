import type { Scenario } from 'k6/options';

type Name = 'smoke' | 'load';

const profiles: Record<Name, (exec: string) => Scenario> = {
  smoke: (exec) => ({ executor: 'shared-iterations', vus: 1, iterations: 4, maxDuration: '20s', exec }),
  load: (exec) => ({
    executor: 'ramping-arrival-rate',
    startRate: 5,
    timeUnit: '1s',
    preAllocatedVUs: 5,
    maxVUs: 10,
    stages: [{ target: 15, duration: '2s' }],
    exec,
  }),
};

export function profileOf(name: string, exec: string): Scenario {
  return profiles[name as Name](exec);
}
