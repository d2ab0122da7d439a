import { expect, it } from 'vitest';
import type { ScriptWorkload } from '../core/judge/script/script-workload.ts';
import { SCRIPT_WORKLOAD, scriptRun } from '../testing/compared-runs.ts';
import { workloadDifferences } from './workload-difference.ts';

const endpoints = { pay: { medianMs: 40 } };
const run = scriptRun({ endpoints });
const other = (changes: Partial<ScriptWorkload>) => scriptRun({ endpoints }, { ...SCRIPT_WORKLOAD, ...changes });

it.each<[string, Partial<ScriptWorkload>, string]>([
  [
    'the script',
    { script: 'b'.repeat(64) },
    'the script, or something that it imports, is another one: SHA-256 aaaaaaaaaaaa against bbbbbbbbbbbb',
  ],
  ['k6', { k6: '2.3' }, 'k6: 2.2 against 2.3'],
  ['options of k6', { k6Options: { batch: 5, throw: true } }, 'k6 options: none against batch 5, throw'],
  [
    'a scenario of k6',
    {
      scenarios: {
        default: {
          executor: 'ramping-vus',
          stages: [
            { duration: '5s', target: 2 },
            { duration: '9s', target: 0 },
          ],
        },
      },
    },
    "k6's scenario default: constant-arrival-rate, duration 1m0s, preAllocatedVUs 9, rate 20 against ramping-vus, stages 2 in 5s then 0 in 9s",
  ],
  [
    'a scenario that was added',
    {
      scenarios: {
        ...SCRIPT_WORKLOAD.scenarios,
        buy: { executor: 'shared-iterations', options: { browser: { type: 'chromium' } } },
      },
    },
    'k6\'s scenario buy: none against shared-iterations, options {"browser":{"type":"chromium"}}',
  ],
])('names %s', (_, changes, said) => {
  expect(workloadDifferences(run, other(changes))).toEqual([said]);
});

it('names both scripts where they are called otherwise', () => {
  expect(workloadDifferences(run, { ...run, scenario: 'pay' })).toEqual(['the script shop against the script pay']);
});

it('says so where nothing differs that the summaries tell', () => {
  expect(workloadDifferences(run, run)[0]).toContain('another version');
});
