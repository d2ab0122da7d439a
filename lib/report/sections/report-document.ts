import type { Questions } from '../../core/questions/question.ts';
import type { Document } from '../../core/spec/document/blocks.ts';
import type { Report } from '../model/report.ts';
import {
  conclusionSection,
  criteriaSection,
  fileSection,
  gapSection,
  releaseSection,
  riskSection,
  scenarioSection,
  sequentialSection,
} from './conclusions.ts';
import { endpointSection } from './endpoints.ts';
import { findingsSection } from './findings.ts';
import { headerSection } from './header.ts';
import { journeySection } from './journeys.ts';
import { measurementSection } from './measurement.ts';
import { methodologySection } from './methodology.ts';
import { otherFiguresSection } from './other-figures.ts';
import { overTimeSection } from './over-time.ts';
import { overallSection } from './overall.ts';
import { questionSection } from './question-section.ts';
import { summarySection } from './summary.ts';

/** The report as a document: the same for every format that is read as a whole. */
export function reportDocument(report: Report, questions?: Questions): Document {
  return {
    title: `${report.header.testId}: load test report`,
    blocks: [
      headerSection,
      summarySection,
      (each: Report) => questionSection(each, questions),
      methodologySection,
      measurementSection,
      overallSection,
      overTimeSection,
      journeySection,
      endpointSection,
      otherFiguresSection,
      findingsSection,
      sequentialSection,
      criteriaSection,
      releaseSection,
      riskSection,
      gapSection,
      scenarioSection,
      fileSection,
      conclusionSection,
    ].flatMap((section) => section(report)),
  };
}
