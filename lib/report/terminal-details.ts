import type { Report } from './model/report.ts';

/** How much of everything a terminal shows. */
export interface TerminalDetail {
  /** Answers of tests of one kind, and rows of the table of runs. */
  readonly runs: number;
  /** Reasons besides those of the decision. */
  readonly otherReasons: number;
  /** Endpoints that are not healthy; a dozen of them is a screen. */
  readonly unwell: number;
  /** Rows of endpoints in all: those that are healthy are shown as a sample, where there is room. */
  readonly endpoints: number;
  readonly journeys: number;
  /** Besides those that are reasons. */
  readonly findings: number;
  readonly remarks: number;
  /** Cautions and notes. */
  readonly asides: number;
  /** Characters of one sentence. */
  readonly longest: number;
}

const ALL = Number.POSITIVE_INFINITY;

/** What is left out first where not everything fits: notes, remarks and what is healthy, then findings and rows. */
export const TERMINAL_DETAILS: readonly TerminalDetail[] = [
  { ...most(20, 8), runs: ALL, otherReasons: 3, findings: 6, remarks: 3, asides: ALL, longest: ALL },
  { ...most(20, 8), runs: ALL, otherReasons: 3, findings: 6, remarks: 3, asides: 3, longest: ALL },
  { ...most(12, 6), runs: ALL, otherReasons: 3, findings: 4, remarks: 2, asides: 2, longest: 300 },
  { ...most(8, 5), runs: 12, otherReasons: 2, findings: 3, remarks: 1, asides: 2, longest: 240 },
  { ...most(5, 3), runs: 12, otherReasons: 1, findings: 2, remarks: 0, asides: 1, longest: 160 },
  { ...most(3, 1), runs: 8, otherReasons: 1, findings: 1, remarks: 0, asides: 1, longest: 160 },
  { ...most(1, 1), runs: 5, otherReasons: 1, findings: 0, remarks: 0, asides: 0, longest: 120 },
];

function most(unwell: number, endpoints: number): Pick<TerminalDetail, 'unwell' | 'endpoints' | 'journeys'> {
  return { unwell, endpoints, journeys: Math.max(1, unwell - 4) };
}

/** Lines of a terminal, without the one that names the report: what passes needs few, several runs have a table more. */
export function mostLines({ verdict, runs }: Pick<Report, 'verdict' | 'runs'>): number {
  if (runs.length > 1) return 59;
  return verdict === 'pass' ? 24 : 39;
}
