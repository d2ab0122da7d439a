import { counted } from '../../../core/spec/words.ts';
import type { Rule } from './rule.ts';

/** Figures that no run can have: whoever reads the others should know. */
export const impossibleFigures: Rule = ({ runs }) => {
  const texts = runs.flatMap((run) => (run.source === 'k6-verdict' ? [] : (run.k6?.impossible ?? [])));
  if (texts.length === 0) return [];
  return [
    {
      id: 'impossible-figures',
      title: 'The file holds figures that cannot be',
      severity: 'high',
      impact: 'medium',
      area: 'measurement',
      summary: `${counted(texts.length, 'figure')} of the file cannot be: ${(texts[0] ?? '').replace(/\.$/, '')}.`,
      description:
        'k6 never writes these figures together. The file was edited or combined from several runs, so its other figures may be wrong too.',
      endpoints: [],
      evidence: texts.slice(0, 20),
      hypotheses: [],
      recommendations: [{ urgency: 'must', text: 'Take the summary as k6 wrote it, or run the test again.' }],
    },
  ];
};
