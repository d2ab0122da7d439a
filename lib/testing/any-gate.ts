import fc from 'fast-check';
import type { ThresholdVerdict } from '../core/judge/threshold.ts';
import type { Gate } from '../report/gate/gate.ts';
import { failingGate, gateOf, passingGate } from './gates.ts';

/** By name. */
export const GATES: readonly (readonly [string, Gate])[] = [
  ['pass', passingGate()],
  ['failure', failingGate()],
];

export const VERDICTS: readonly ThresholdVerdict[] = ['pass', 'fail', 'no_data', 'warn', 'waived'];
/** Text from outside with whatever could drive a terminal, a CI runner, Markdown or XML. */
export const HOSTILE =
  'a|b`c`\n::error::x\r\n<!-- --> @team <img src=x onerror=alert(1)> %0A \u0000\u001b[31m\uD800\uFFFF \u202eesrever\u2066 ##[error] -->';

/** Gates of any size, with the verdicts of their thresholds. */
export const anyGate = fc
  .record({
    verdicts: fc.array(fc.constantFrom(...VERDICTS), { maxLength: 400 }),
    text: fc.oneof(
      fc.constant(HOSTILE),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constant('é日本語|'.repeat(300)),
    ),
    runs: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ verdicts, text, runs }) => ({ verdicts, gate: gateOf(verdicts, text, runs) }));
