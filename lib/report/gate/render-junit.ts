import { verdictText } from '../../core/judge/verdict-text.ts';
import { present } from '../../core/spec/present.ts';
import { type JunitCase, type JunitSuite, junitXml } from '../junit-document.ts';
import type { Gate, GatedRun, UnreadableInput } from './gate.ts';
import { thresholdCase, thresholdProperties } from './junit-threshold.ts';

/**
 * The verdict as JUnit XML, for Jenkins, GitLab and Azure: one suite per run, one case per threshold, and one for the
 * verdict of the run itself, which fails where no threshold says why. What only warns or is waived is skipped.
 */
export function renderJunit(gate: Gate): string {
  const suites = [
    ...gate.runs.map((run) => suiteOf(run, gate)),
    ...(gate.unreadable.length > 0 ? [{ name: 'unreadable inputs', cases: gate.unreadable.map(unreadableCase) }] : []),
    ...(gate.runs.length === 0 && gate.unreadable.length === 0 ? [{ name: 'gate', cases: [gateCase(gate)] }] : []),
    ...missingSuite(gate),
  ];
  return junitXml(suites);
}

function suiteOf(run: GatedRun, gate: Gate): JunitSuite {
  const cases = run.thresholds.map(thresholdCase);
  const isTold = cases.some(({ state }) => state === 'failure');
  const { endedAt, scenario, runId, environment, target, verdict, reasons, loadSeconds } = run;
  return {
    name: scenario,
    ...present({ timestamp: endedAt }),
    properties: [
      ...Object.entries(present({ run: runId, environment, target, decision: gate.decision.sentence })),
      ...run.thresholds.flatMap(thresholdProperties),
    ],
    cases: [
      ...cases,
      {
        classname: `k6-verdict.${scenario}`,
        name: 'verdict of the run',
        // A failed threshold stands for a failed run; every other reason would be lost.
        state: verdict === 'pass' || (verdict === 'fail' && isTold) ? 'passed' : 'failure',
        message: `${verdictText(verdict)}: ${reasons.join('; ')}`,
        // The load took its time once, for all thresholds together: readers add the times of the cases up.
        ...present({ seconds: loadSeconds }),
      },
    ],
    output: outputOf(gate),
  };
}

/** What the report says of all runs, in each suite, as readers show one suite at a time. */
function outputOf({ headline, decision, findings, caveats }: Gate): string {
  return [
    headline,
    decision.sentence,
    ...findings.map(({ severity, summary }) => `${severity}: ${summary}`),
    ...caveats.map((caveat) => `Caution: ${caveat}.`),
  ].join('\n');
}

function unreadableCase({ name, what, received, expected, todo }: UnreadableInput): JunitCase {
  const lines = [
    what,
    ...(received === undefined ? [] : [`received: ${received}`]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(todo === undefined ? [] : [`to do: ${todo}`]),
  ];
  return { classname: 'k6-verdict.gate', name, state: 'error', message: lines.join('\n') };
}

function gateCase({ headline, verdict }: Gate): JunitCase {
  const name = verdict === 'not_released' ? 'release policy' : 'verdict';
  return { classname: 'k6-verdict.gate', name, state: 'error', message: headline };
}

/** Every run passed and every input was read, but a planned run is not there, or a release policy is not met. */
function missingSuite(gate: Gate): JunitSuite[] {
  const isTold =
    gate.unreadable.length > 0 || gate.runs.length === 0 || gate.runs.some(({ verdict }) => verdict !== 'pass');
  if (gate.exitCode === 0 || isTold) return [];
  return [{ name: 'gate', cases: [{ ...gateCase(gate), state: 'failure', message: gate.reasons.join('; ') }] }];
}
