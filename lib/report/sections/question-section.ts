import type { Questions } from '../../core/questions/question.ts';
import { questionOf } from '../../core/questions/table.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import { heading, paragraph } from '../../core/spec/document/cells.ts';
import type { StudyRow } from '../model/answers.ts';
import { isTold } from '../model/decision-sentence.ts';
import type { Report } from '../model/report.ts';
import { markCharts } from './mark-charts.ts';

/** What the scenarios with a question of their own found, unless it is a reason of the decision. Nothing where there was none. */
export function questionSection({ studies, decision }: Report, questions?: Questions): Block[] {
  if (studies.length === 0) return [];
  const reasons = decision.advice.reasons.join(' ');
  return [
    heading(2, studies.length === 1 ? 'Result' : 'Results by test type'),
    ...studies.flatMap((row) => [
      ...(studies.length > 1 ? [heading(3, row.scenario)] : []),
      ...(row.question === undefined || studies.length === 1 ? [] : [paragraph(row.question)]),
      ...(isTold(row.headline, reasons) ? [] : [paragraph([{ strong: row.headline }])]),
      ...howAndWhat(row, studies.length > 1 ? `: ${row.scenario}` : '', questions),
    ]),
  ];
}

/** How the question was answered, and the figures. */
function howAndWhat({ study, marks }: StudyRow, of: string, questions: Questions | undefined): Block[] {
  const question = questionOf(study, questions);
  return question === undefined ? [] : [paragraph(question.method), ...markCharts(question.section(study, of), marks)];
}
