import type { Problem } from '../../spec/document/finding.ts';
import { formatDuration } from '../../spec/units.ts';
import { problem } from '../found-problem.ts';
import type { SoakStudy } from './answer.ts';
import { figureName, formatDrift } from './drift-text.ts';

/** Findings of an answer. */
export function problems({ drifts, seconds }: SoakStudy): Problem[] {
  return drifts
    .filter(({ isClaimed, perHour }) => isClaimed && perHour > 0)
    .map((drift) =>
      problem({
        id: `drift-${drift.figure}`,
        title: drift.figure === 'memory' ? 'Memory leaks' : `Drift of ${figureName(drift.figure)}`,
        severity: 'high',
        impact: 'high',
        area: drift.figure === 'p95' ? 'user experience' : 'availability',
        summary: `${figureName(drift.figure)} rises by ${formatDrift(drift, drift.perHour)} per hour, from ${formatDrift(drift, drift.level)}.`,
        description: 'At a load that stayed the same. What rises without an end ends in an outage.',
        evidence: [
          `between ${formatDrift(drift, drift.intervalPerHour[0])} and ${formatDrift(drift, drift.intervalPerHour[1])} per hour (99 %), from ${drift.points} stretches of ${formatDuration(Math.round(seconds))}`,
        ],
        todo: {
          urgency: 'must',
          text:
            drift.figure === 'memory'
              ? 'Compare two heap snapshots, an hour apart under this load, and see what is kept.'
              : `Find what grows with every request: ${figureName(drift.figure)} follows it.`,
        },
      }),
    );
}
