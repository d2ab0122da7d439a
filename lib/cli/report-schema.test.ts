import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Report } from '../report/model/report.ts';
import { reportSchema } from './report-schema.ts';

const golden = new URL('../report/golden/', import.meta.url);
const reports = readdirSync(golden).filter((file) => file.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(new URL(file, golden), 'utf8')) as Report;
const isReport = new Ajv({ strict: false, allErrors: true }).compile(reportSchema() as object);

describe('the JSON Schema of report.json', () => {
  it.each(reports)('accepts %s', (file) => {
    isReport(read(file));
    expect(isReport.errors).toBeNull();
  });

  const healthy = read('healthy.json');
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
