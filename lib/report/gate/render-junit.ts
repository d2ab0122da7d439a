import { subjectOf } from '../../core/judge/threshold.ts';
import { isExcused } from '../../core/judge/threshold-order.ts';
import { describeThreshold } from '../../core/judge/threshold-text.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import { present } from '../../core/spec/present.ts';
import { type JunitCase, type JunitSuite, junitXml } from '../junit-document.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { limitText } from '../sections/threshold-texts.ts';
import type { Gate, GatedRun, UnreadableInput } from './gate.ts';
import { gateRemark } from './rows.ts';

/**
 * The verdict as JUnit XML, for Jenkins, GitLab and Azure: one suite per run, one case per threshold, and one for the
 * verdict of the run itself, which fails where no threshold says why. What only warns or is waived is skipped.
 */
export function renderJunit(gate: Gate): string {
  const suites = [
    ...gate.runs.map((run) => suiteOf(run, gate.decision)),
    ...(gate.unreadable.length > 0 ? [{ name: 'unreadable inputs', cases: gate.unreadable.map(unreadableCase) }] : []),
    ...(gate.runs.length === 0 && gate.unreadable.length === 0 ? [{ name: 'gate', cases: [gateCase(gate)] }] : []),
    ...missingSuite(gate),
  ];
  return junitXml(suites);
}

function suiteOf(run: GatedRun, { sentence }: Gate['decision']): JunitSuite {
  const cases = run.thresholds.map(thresholdCase);
  const isTold = cases.some(({ state }) => state === 'failure');
  const { endedAt, scenario, runId, environment, verdict, reasons } = run;
  return {
    name: `${scenario} ${runId}`,
    ...present({ timestamp: endedAt }),
    properties: { decision: sentence, ...present({ environment }) },
    cases: [
      ...cases,
      {
        classname: `k6-verdict.${scenario}`,
        name: 'verdict of the run',
        // A failed threshold stands for a failed run; every other reason would be lost.
        state: verdict === 'pass' || (verdict === 'fail' && isTold) ? 'passed' : 'failure',
        message: `${verdictText(verdict)}: ${reasons.join('; ')}`,
      },
    ],
  };
}

function thresholdCase(row: ThresholdRow): JunitCase {
  const remark = gateRemark(row);
  return {
    classname: `k6-verdict.${row.scenario}${subjectOf(row) === undefined ? '' : `.${subjectOf(row)}`}`,
    name: `${row.title} ${limitText(row)}`,
    state: row.verdict === 'pass' ? 'passed' : isExcused(row) ? 'skipped' : 'failure',
    message: `${describeThreshold(row)}${remark === '' ? '' : `: ${remark}`}`,
  };
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
