import type { Block, Tone } from '../../core/spec/document/blocks.ts';
import { cell, left, paragraph, table } from '../../core/spec/document/cells.ts';
import type { CriterionStatus } from '../model/criteria.ts';
import type { Report } from '../model/report.ts';

const STATUS_TONES: Readonly<Record<CriterionStatus, Tone>> = {
  pass: 'good',
  fail: 'bad',
  'not measured': 'caution',
  'not judged': 'caution',
};

/** What a test must show to succeed, criterion by criterion. */
export function criteriaBlocks({ criteria }: Report): Block[] {
  const { rows } = criteria;
  return [
    table(
      'Success criteria',
      left('Criterion', 'Target', 'Actual', 'Status'),
      rows.map(({ criterion, target, actual, status }) => [
        cell(criterion),
        cell(target),
        cell(actual),
        cell(status, STATUS_TONES[status]),
      ]),
    ),
    paragraph(criteriaText(criteria)),
  ];
}

function criteriaText({ rows, passed, failed, notMeasured, notJudged }: Report['criteria']): string {
  const counts = [
    `${passed} of ${rows.length} success criteria ${passed === 1 ? 'passes' : 'pass'}`,
    `${failed} ${failed === 1 ? 'fails' : 'fail'}`,
    `${notMeasured} ${notMeasured === 1 ? 'was' : 'were'} not measured`,
  ].join(', ');
  if (notJudged === 0) return `${counts}.`;
  const lost = `${notJudged} of ${rows.length} success criteria ${notJudged === 1 ? 'is' : 'are'} not judged, as the test was cut short`;
  return failed === 0 ? `${lost}.` : `${lost}; ${failed} ${failed === 1 ? 'fails' : 'fail'}.`;
}
