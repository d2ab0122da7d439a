import { printableJson } from '../printable-json.ts';
import type { Gate } from './gate.ts';

/** The verdict as data, for programs. */
export function renderGateJson(gate: Gate): string {
  return `${printableJson(gate, 2)}\n`;
}
