import type { Gate } from '../report/gate/gate.ts';
import type { Formats } from './format.ts';

/** Every way in which the verdict of the gate is told. */
export const GATE_FORMATS = {
  terminal: {
    to: 'standard output',
    render: async (gate, { hasColour, columns }) => {
      const { renderGateTerminal } = await import('../report/gate/render-gate-terminal.ts');
      return renderGateTerminal(gate, hasColour, columns).trimEnd();
    },
  },
  json: {
    to: 'standard output',
    option: { flags: '--json', description: 'print the verdict as JSON' },
    render: async (gate) => (await import('../report/gate/render-gate-json.ts')).renderGateJson(gate).trimEnd(),
  },
  junit: {
    to: 'named file',
    option: { flags: '--junit <file>', description: 'write the thresholds as JUnit XML' },
    render: async (gate) => (await import('../report/gate/render-junit.ts')).renderJunit(gate),
  },
  comment: {
    to: 'named file',
    option: { flags: '--comment <file>', description: 'write the verdict as a comment for a pull request' },
    render: async (gate, { links }) => (await import('../report/gate/render-comment.ts')).renderComment(gate, links),
  },
  annotations: {
    to: 'workflow commands',
    render: async (gate) => (await import('../report/gate/render-annotations.ts')).renderAnnotations(gate).join('\n'),
  },
  stepSummary: {
    to: 'step summary',
    render: async (gate) => (await import('../report/gate/render-step-summary.ts')).renderStepSummary(gate),
  },
} as const satisfies Formats<Gate>;
