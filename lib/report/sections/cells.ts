import type { Verdict } from '../../core/judge/verdict.ts';
import type { OutcomeRow } from '../../core/measure/outcome-rows.ts';
import type { Cell, Text, Tone } from '../../core/spec/document/blocks.ts';
import { cell } from '../../core/spec/document/cells.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatShare } from '../../core/spec/units.ts';

const VERDICTS: Readonly<Record<Verdict, readonly [text: string, tone: Tone]>> = {
  pass: ['pass', 'good'],
  fail: ['fail', 'bad'],
  no_data: ['no data', 'caution'],
  invalid_load: ['invalid load', 'caution'],
  incomplete: ['incomplete', 'caution'],
};

export function verdictTone(verdict: Verdict): Tone {
  return VERDICTS[verdict][1];
}

export function verdictCell(verdict: Verdict): Cell {
  return cell(...VERDICTS[verdict]);
}

/** `412 (82.4 %) ok, 88 (17.6 %) rate limited (429)`. */
export function outcomesWithShares(outcomes: readonly OutcomeRow[]): string {
  const samples = sum(outcomes.map(({ count }) => count));
  return (
    outcomes.map((row) => `${formatCount(row.count)} (${formatShare(row.share, samples)}) ${row.label}`).join(', ') ||
    'nothing was counted'
  );
}

/** An endpoint as code: `GET /api/health`. */
export function endpointText({ method, path }: { readonly method?: string | undefined; readonly path: string }): Text {
  return [{ code: method === undefined ? path : `${method} ${path}` }];
}
