import { mebibytes, memoryShortageOf } from '../memory-shortage.ts';
import type { Rule } from './rule.ts';

/** Whether the load generator was short of memory: then its figures are not those of the service alone. */
export const generatorMemory: Rule = ({ runs }) =>
  runs.flatMap((run) => {
    const signs = memoryShortageOf(run);
    if (signs.length === 0) return [];
    const k6 = run.host?.k6;
    const wasKilled = run.k6ExitCode === undefined && run.verdict === 'incomplete';
    return [
      {
        id: 'generator-memory',
        title: 'The load generator was short of memory',
        severity: wasKilled ? 'high' : 'medium',
        impact: 'high',
        area: 'measurement',
        summary: `${runs.length > 1 ? `${run.scenario}: ` : ''}the test machine ran short of memory: ${signs[0]}.`,
        description:
          'What waits for memory is measured as slow responses, and the kernel may kill k6 or the service beside it.',
        endpoints: [],
        evidence: [
          ...signs,
          ...(k6 === undefined ? [] : [`k6 itself held ${mebibytes(k6.peakMemoryBytes)} at the most`]),
        ],
        hypotheses: [],
        recommendations: [
          {
            urgency: 'must',
            text: `Repeat ${run.scenario} on a machine with more memory, or with fewer users, and run the service elsewhere.`,
          },
        ],
      },
    ];
  });
