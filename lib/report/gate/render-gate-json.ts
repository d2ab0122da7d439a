import type { Gate } from './gate.ts';

/** The verdict as data, for programs. */
export function renderGateJson(gate: Gate): string {
  return `${JSON.stringify(gate, null, 2)}\n`;
}
