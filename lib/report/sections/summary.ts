import type { Block } from '../../core/spec/document/blocks.ts';
import { heading, list, paragraph } from '../../core/spec/document/cells.ts';
import type { Report } from '../model/report.ts';
import { verdictTone } from './cells.ts';

export function summarySection({ verdict, decision, reasons, notes }: Report): Block[] {
  return [
    heading(2, 'Verdict'),
    { kind: 'verdict', tone: verdictTone(verdict), text: decision.headline },
    paragraph([{ strong: decision.sentence }]),
    ...(decision.keyFindings.length > 0 ? [heading(3, 'Key findings'), ...list(decision.keyFindings)] : []),
    heading(3, 'Why this verdict'),
    ...list(reasonsShown(reasons)),
    ...(notes.length > 0 ? [heading(3, 'To read the figures right'), ...list(notes)] : []),
  ];
}

const MOST_REASONS = 12;

function reasonsShown(reasons: readonly string[]): string[] {
  if (reasons.length <= MOST_REASONS) return [...reasons];
  const more = reasons.length - MOST_REASONS + 1;
  return [...reasons.slice(0, MOST_REASONS - 1), `and ${more} more: see the thresholds`];
}
