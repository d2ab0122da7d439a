import type { Block, Text, Tone } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  heading,
  left,
  list,
  msCell,
  numberCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import type { Severity } from '../../core/spec/document/finding.ts';
import { formatCount, formatDuration } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { CriterionStatus } from '../model/criteria.ts';
import type { ReleaseAdvice } from '../model/decision-sentence.ts';
import { formatFactor } from '../model/endpoint-rows.ts';
import type { Report } from '../model/report.ts';
import type { Action } from '../model/risks.ts';
import { endpointText, outcomesWithShares, verdictCell } from './cells.ts';
import { atRestCell } from './endpoints.ts';

export function sequentialSection({ sequential, endpoints }: Report): Block[] {
  const met = endpoints.filter(({ atRest }) => atRest !== undefined);
  return [
    heading(2, 'Sequential against concurrent'),
    ...(met.length > 0
      ? [
          paragraph(
            sequential.scenario === undefined
              ? `One user at a time, before the load: ${counted(sequential.requests, 'request')}, ${formatCount(sequential.okReplies)} ok. So few requests show whether an endpoint works and about how fast; they are no distribution.`
              : `One user at a time, in the run ${sequential.scenario}: ${counted(sequential.requests, 'request')}, ${formatCount(sequential.okReplies)} ok.`,
          ),
          table(
            'One user against the load, by endpoint',
            [
              ...left('Endpoint'),
              ...right('At rest, median', 'Under load, median', 'Samples', 'Factor', 'Success under load'),
            ],
            met.map((row) => [
              cell(endpointText(row)),
              atRestCell(row),
              msCell(row.ok.p50),
              countCell(row.ok.count),
              numberCell(row.loadFactor, formatFactor),
              shareCell(row.successShare),
            ]),
          ),
        ]
      : []),
    paragraph(sequential.conclusion),
  ];
}

const STATUS_TONES: Readonly<Record<CriterionStatus, Tone>> = {
  pass: 'good',
  fail: 'bad',
  'not measured': 'caution',
  'not judged': 'caution',
};

export function criteriaSection({ criteria }: Report): Block[] {
  const { rows } = criteria;
  return [
    heading(2, 'Success criteria'),
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

/** One line for whoever has none. */
const HOW_TO_DECLARE: Text = [
  'Whether to deploy is said only by a release policy that the project declares in package.json, such as ',
  { code: '"k6-verdict": { "release": { "needs": ["sustained"] } }' },
  '. Here there is none.',
];

/** What a declared policy asks of a release, and what of it was shown; else how one is declared. */
export function releaseSection({ decision: { release } }: Report): Block[] {
  if (release === undefined) return [heading(2, 'Release policy'), paragraph(HOW_TO_DECLARE)];
  return [
    heading(2, 'Release policy'),
    table(
      'Release policy',
      left('Requirement', 'Shown', 'Status'),
      release.requirements.map(({ requirement, shown, isMet }) => [
        cell(requirement),
        cell(shown),
        cell(isMet ? 'met' : 'not met', isMet ? 'good' : 'bad'),
      ]),
    ),
    paragraph(release.isMet ? 'The release policy is met.' : 'The release policy is not met.'),
  ];
}

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'caution',
  low: 'plain',
};

/** What must be done, by when. */
const MUST_DO: Readonly<Record<ReleaseAdvice, string>> = {
  deploy: 'Must do soon',
  'do not deploy': 'Must do before deploying',
  'cannot tell': 'Must do',
  'no policy': 'Must do',
};

export function riskSection({ risks, actions, decision }: Report): Block[] {
  return [
    heading(2, 'Risk assessment'),
    paragraph([{ strong: risks.sentence }]),
    ...(risks.factors.length > 0
      ? [
          table(
            'Risk factors',
            left('At stake', 'Severity', 'Because'),
            risks.factors.map(({ area, severity, because }) => [
              cell(area),
              cell(severity, SEVERITY_TONES[severity]),
              cell(because.join(' ')),
            ]),
          ),
        ]
      : []),
    ...actionBlocks(MUST_DO[decision.recommendation], actions.must),
    ...actionBlocks('Should do', actions.should),
    ...actionBlocks('Could do', actions.could),
  ];
}

function actionBlocks(title: string, actions: readonly Action[]): Block[] {
  return actions.length === 0
    ? []
    : [
        heading(3, title),
        ...list(
          actions.map(({ text }) => text),
          true,
        ),
      ];
}

export function gapSection({ gaps }: Report): Block[] {
  return [
    heading(2, 'Testing gaps'),
    ...(gaps.length === 0
      ? [paragraph('Every question of the library was asked in this test.')]
      : [
          paragraph('What this test does not say, since the scenario that asks it was not run:'),
          ...list(
            gaps.map(({ scenario, question, isAvailable }) => [
              question ?? 'A scenario of this project',
              ' (',
              { code: scenario },
              isAvailable === undefined ? '' : isAvailable ? ': not run' : ': this project has no such scenario',
              ')',
            ]),
          ),
        ]),
  ];
}

export function scenarioSection({ runs }: Report): Block[] {
  return [
    heading(2, 'Scenarios'),
    table(
      'Scenarios and what came of them',
      [
        ...left('Scenario', 'Load'),
        ...right('Requests', 'Duration', 'Throughput', 'ok p95'),
        ...left('Outcomes', 'Verdict'),
      ],
      runs.map((run) => [
        cell(run.scenario),
        cell(run.load.join('; ') || 'not known'),
        countCell(run.requests),
        numberCell(run.loadSeconds, formatDuration),
        numberCell(run.requestsPerSecond, (rate) => `${rate.toFixed(2)}/s`),
        msCell(run.ok.p95),
        cell(outcomesWithShares(run.outcomes)),
        verdictCell(run.verdict),
      ]),
    ),
  ];
}

export function fileSection({ files }: Report): Block[] {
  if (files.length === 0) return [];
  return [
    heading(2, 'Files delivered'),
    table(
      'Files delivered',
      left('File', 'What it holds'),
      files.map(({ path, content }) => [cell([{ link: path, text: path }]), cell(content)]),
    ),
  ];
}

export function conclusionSection({ decision, criteria, problems, positives }: Report): Block[] {
  return [
    heading(2, 'Conclusion'),
    paragraph([{ strong: decision.sentence }]),
    paragraph(
      `${criteriaText(criteria)} ${counted(problems.length, 'problem')} and ${counted(positives.length, 'positive finding')} are described above.`,
    ),
    paragraph(
      'This report states what was measured. How long repairs take, and how the service does in tests that were not run, it cannot know.',
    ),
  ];
}
