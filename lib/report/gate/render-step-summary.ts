import type { Gate } from './gate.ts';
import { gateMarkdown } from './gate-markdown.ts';

/** GitHub takes 1 MiB for a step; other commands of the step may have written before. */
const MOST_BYTES = 900_000;

/** The verdict for the summary page of a workflow run. */
export function renderStepSummary(gate: Gate): string {
  return `${gateMarkdown(gate, MOST_BYTES)}\n`;
}
