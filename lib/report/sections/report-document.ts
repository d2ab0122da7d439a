import type { Questions } from '../../core/questions/question.ts';
import type { Block, Document } from '../../core/spec/document/blocks.ts';
import { details, heading, list } from '../../core/spec/document/cells.ts';
import { notesToTell } from '../model/notes.ts';
import type { Report } from '../model/report.ts';
import { baselineBlocks } from './baseline.ts';
import { criteriaBlocks } from './criteria.ts';
import { endpointSection } from './endpoints.ts';
import { environmentBlocks } from './environment.ts';
import { findingsSection } from './findings.ts';
import { journeySection } from './journeys.ts';
import { measurementBlocks } from './measurement.ts';
import { methodologyBlocks } from './methodology.ts';
import { openingSection } from './opening.ts';
import { otherFiguresSection } from './other-figures.ts';
import { overTimeSection } from './over-time.ts';
import { overallBlocks } from './overall.ts';
import { questionSection } from './question-section.ts';
import { releaseBlocks } from './release.ts';
import { gapBlocks, runBlocks } from './runs.ts';
import { thresholdSection } from './thresholds.ts';

/**
 * The report as a document: the same for every format that is read as a whole. What is read first stands first, and
 * what only some ask for is folded at the end.
 */
export function reportDocument(report: Report, questions?: Questions): Document {
  return {
    title: `${report.header.testId}: load test report`,
    blocks: [
      ...openingSection(report),
      ...questionSection(report, questions),
      ...findingsSection(report),
      ...runsSection(report),
      ...journeySection(report),
      ...endpointSection(report),
      ...otherFiguresSection(report),
      ...overTimeSection(report),
      ...thresholdSection(report),
      ...noteSection(report),
      ...detailSection(report),
    ],
  };
}

function runsSection(report: Report): Block[] {
  return report.runs.length > 1 ? [heading(2, 'Runs'), ...runBlocks(report)] : [];
}

function noteSection(report: Report): Block[] {
  const notes = notesToTell(report);
  return notes.length === 0 ? [] : [heading(2, 'Notes'), ...list(notes)];
}

function detailSection(report: Report): Block[] {
  return [
    heading(2, 'Details'),
    ...(report.verdict === 'pass'
      ? []
      : details('Why this verdict, and the success criteria', [
          ...list(untoldReasons(report)),
          ...criteriaBlocks(report),
        ])),
    ...details('All endpoints together, and the unloaded baseline', [
      ...overallBlocks(report),
      ...baselineBlocks(report),
    ]),
    ...details('How it was measured, and the load generator', [
      ...methodologyBlocks(report),
      ...measurementBlocks(report),
    ]),
    ...details('Environment, release policy, and what was not tested', [
      ...environmentBlocks(report),
      ...releaseBlocks(report),
      ...gapBlocks(report),
    ]),
  ];
}

/** What is not among the reasons of the decision. */
function untoldReasons({ reasons, decision }: Report): string[] {
  return reasons.filter((reason) => !decision.advice.reasons.includes(reason));
}
