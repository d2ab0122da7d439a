import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { asStored } from '../core/judge/run-summary.ts';
import { RECORDED_REPORTS } from '../e2e/recorded-reports.ts';
import { renderJson } from '../report/json.ts';
import { buildReport, type Report, type ReportSource } from '../report/model/report.ts';
import { FIXTURES } from '../testing/runs.ts';
import { reportSchema } from './report-schema.ts';

const written = (source: ReportSource) => JSON.parse(renderJson(buildReport(source))) as Report;
const isReport = new Ajv({ strict: false, allErrors: true }).compile(reportSchema() as object);

describe('the JSON Schema of report.json', () => {
  it.each(Object.entries(RECORDED_REPORTS))('accepts the report of the %s run', (_name, source) => {
    isReport(written(source()));
    expect(isReport.errors).toBeNull();
  });

  const healthy = written({ runs: [asStored(FIXTURES.healthy)] });
  const { verdict: _, ...withoutVerdict } = healthy;
  it.each<[string, unknown]>([
    ['a missing verdict', withoutVerdict],
    ['a verdict that there is not', { ...healthy, verdict: 'maybe' }],
    ['another version', { ...healthy, schemaVersion: 1 }],
    ['a member that nobody wrote', { ...healthy, extra: 1 }],
    ['a number as text', { ...healthy, totals: { ...healthy.totals, requests: '624' } }],
    ['a missing count in a row', { ...healthy, runs: [{ ...healthy.runs[0], requests: undefined }] }],
  ])('refuses %s', (_case, report) => {
    expect(isReport(JSON.parse(JSON.stringify(report)))).toBe(false);
  });
});
