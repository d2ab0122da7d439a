import type { Problem } from '../../spec/document/finding.ts';
import { formatDuration } from '../../spec/units.ts';
import { problem } from '../found-problem.ts';
import type { DriftRow, SoakStudy } from './answer.ts';
import { figureName, formatAbout } from './drift-text.ts';
import { describeChange, growthPerHour, lookedAtSeconds } from './growth.ts';

/** Findings of an answer. */
export function problems(study: SoakStudy): Problem[] {
  return study.drifts
    .filter(({ isClaimed, perHour }) => isClaimed && perHour > 0)
    .map((drift) =>
      problem({
        id: `drift-${drift.figure}`,
        title: drift.figure === 'memory' ? 'Memory leaks' : `Drift of ${figureName(drift.figure)}`,
        severity: 'high',
        impact: 'high',
        area: drift.figure === 'p95' ? 'user experience' : 'availability',
        summary: `${figureName(drift.figure)} rose from ${describeChange(drift, study)}: about ${formatAbout(drift, drift.perHour)} per hour.`,
        description:
          'The load stayed the same. The first figure is the median of the first quarter, the second that of the last.',
        evidence: [
          `between ${intervalText(drift, study)} per hour (99 %), extrapolated from ${formatDuration(Math.round(lookedAtSeconds(drift, study)))} in ${drift.points} stretches`,
        ],
        todo: {
          urgency: 'must',
          text:
            drift.figure === 'memory'
              ? 'Compare two heap snapshots, an hour apart under this load, and see what is kept.'
              : `Find what grows with every request and makes ${figureName(drift.figure)} rise.`,
        },
      }),
    );
}

function intervalText(drift: DriftRow, study: SoakStudy): string {
  return growthPerHour(drift, study)
    .map((bound) => formatAbout(drift, bound))
    .join(' and ');
}
