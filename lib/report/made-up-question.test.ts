import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { type Budgets, studyThresholdsOf } from '../core/judge/budgets.ts';
import { judgeThreshold } from '../core/judge/judge-threshold.ts';
import { asStored } from '../core/judge/run-summary.ts';
import { runSummarySchema } from '../core/judge/run-summary-schema.ts';
import { judgeRun } from '../core/judge/verdict.ts';
import { problem } from '../core/questions/found-problem.ts';
import type { Answer, Question, QuestionMetrics, QuestionPlan, Questions } from '../core/questions/question.ts';
import { answerQuestion, QUESTIONS, type Study } from '../core/questions/table.ts';
import { cell, countCell, left, right, table } from '../core/spec/document/cells.ts';
import { endpointSummary, loadRecord, measuredRun, runSummary } from '../testing/runs.ts';
import { renderMarkdown } from './document/render-markdown.ts';
import { buildReport } from './model/report.ts';
import { reportDocument } from './sections/report-document.ts';
import { renderTerminal } from './terminal.ts';

interface EchoPlan extends QuestionPlan {
  readonly kind: 'echo';
  readonly calls: number;
}

interface EchoAnswer extends Answer {
  readonly kind: 'echo';
  readonly calls: number;
  readonly echoes: number;
}

const METRICS = {
  mostEchoes: {
    title: 'echoes of one call',
    operator: '<=',
    unit: 'count',
    measure: ({ echoes, calls }) => ({ actual: echoes, samples: calls }),
  },
} as const satisfies QuestionMetrics<EchoPlan, EchoAnswer>;

/** How often does it answer one call? A question that nothing but this file knows. */
const echo: Question<EchoPlan, EchoAnswer, typeof METRICS> = {
  kind: 'echo',
  asks: 'How often does it answer one call?',
  judgesEndpoints: false,
  seeksLimit: true,
  endsByThreshold: true,
  schema: {
    type: 'object',
    properties: {
      kind: { const: 'echo' },
      calls: { $ref: '#/$defs/echoCount' },
      echoes: { $ref: '#/$defs/echoCount' },
    },
    required: ['kind', 'calls', 'echoes'],
    additionalProperties: false,
    $defs: { echoCount: { type: 'integer', minimum: 0 } },
  },
  metrics: METRICS,
  answer: ({ calls }, { events }) => ({ kind: 'echo', calls, echoes: events.length }),
  headline: ({ calls, echoes }) => `It answered ${calls} call ${echoes} times.`,
  problems: ({ echoes }, fails) =>
    fails('mostEchoes')
      ? [
          problem({
            id: 'echoes',
            title: 'It repeats itself',
            severity: 'high',
            impact: 'medium',
            area: 'correctness',
            summary: `A call is answered ${echoes} times.`,
            description: 'One answer is enough.',
            todo: { urgency: 'must', text: 'Answer once.' },
          }),
        ]
      : [],
  method: 'Somebody calls, and counts what comes back.',
  section: ({ calls, echoes }, of) => [
    table(
      `Calls and echoes${of}`,
      [...left('Figure'), ...right('Count')],
      [
        [cell('Calls'), countCell(calls)],
        [cell('Echoes'), countCell(echoes)],
      ],
    ),
  ],
};

const questions: Questions = [...QUESTIONS, echo];
const plan: EchoPlan = { kind: 'echo', calls: 1 };
const budgets: Pick<Budgets, 'studies'> = { studies: { mostEchoes: 1 } as Budgets['studies'] & object };

/** A run that asked it, whose endpoint never gave an `ok` reply, and which k6 ended by a threshold. */
function runWith(echoes: number) {
  const run = measuredRun([endpointSummary('a', { outcomes: { timeout: 5 } })], {
    scenario: 'canyon',
    load: loadRecord({ seeksLimit: true }),
  });
  const material = { metrics: {}, run, events: Array(echoes).fill({}), timeline: () => undefined, serverSamples: [] };
  const study = answerQuestion(plan, material, questions);
  const thresholds = studyThresholdsOf(budgets, plan, echo.metrics).map((threshold) =>
    judgeThreshold(threshold, { ...run, study }, undefined, questions),
  );
  const judged = judgeRun({ ...run, thresholds, k6Thresholds: [], k6ExitCode: 99, study }, questions);
  return runSummary({ ...run, thresholds: [] }, { ...judged, k6Thresholds: [], k6ExitCode: 99, study });
}

const reportOf = (summary: ReturnType<typeof runWith>, scenarios?: readonly string[]) =>
  buildReport({ runs: [asStored(summary)], ...(scenarios === undefined ? {} : { scenarios }) }, questions);

it('a question that is in the table alone is judged by its budget', () => {
  expect(runWith(1)).toMatchObject({ verdict: 'pass', thresholds: [{ actual: 1, samples: 1, unit: 'count' }] });
  expect(runWith(3)).toMatchObject({
    verdict: 'fail',
    reasons: ['echoes of one call: 3, must be <= 1 (1 sample)'],
  });
});

it('it is what the terminal says first, with its findings', () => {
  const text = renderTerminal(reportOf(runWith(3)), false);
  expect(text).toContain('\nIt answered 1 call 3 times.\n');
  expect(text).toContain('A call is answered 3 times.');
  expect(text).toContain('1 of 1 threshold failed: see report.html');
  expect(renderTerminal(reportOf(runWith(1)), false)).toContain(
    'PASS: the test type has its result and every threshold',
  );
});

it('it has its section, its finding and its threshold in the report, and no finding on its endpoints', () => {
  const report = reportOf(runWith(3));
  expect(report.problems.map(({ id }) => id)).toEqual(['echoes']);
  const markdown = renderMarkdown(reportDocument(report, questions));
  expect(markdown).toContain(
    '## Result\n\n**It answered 1 call 3 times.**\n\nSomebody calls, and counts what comes back.',
  );
  expect(markdown).toMatch(/\| Echoes +\| +3 \|/);
  expect(markdown).toContain('It repeats itself');
  expect(markdown).toContain('Answer once.');
  expect(markdown).toMatch(/echoes of one call +\|/);
});

it('it is a gap of a test that does not ask it, and none of one that does', () => {
  const healthy = runSummary(measuredRun([endpointSummary('a', { outcomes: { ok: 5 } })]));
  const gap = { scenario: 'echo', question: 'How often does it answer one call?' };
  expect(buildReport({ runs: [asStored(healthy)] }, questions).gaps).toContainEqual(gap);
  expect(reportOf(runWith(1)).gaps).not.toContainEqual(gap);
  expect(reportOf(runWith(1), ['canyon']).gaps.map(({ scenario }) => scenario)).not.toContain('echo');
});

it('its answer has a place in the schema of the summary', () => {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const isSummary = ajv.compile(runSummarySchema(questions));
  const stored = JSON.parse(JSON.stringify(runWith(3))) as object;
  isSummary(stored);
  expect(isSummary.errors).toBeNull();
  expect(isSummary({ ...stored, study: { kind: 'echo', calls: 1 } as unknown as Study })).toBe(false);
  expect(isSummary({ ...stored, thresholds: [{ metric: 'leastEchoes' }] })).toBe(false);
});
