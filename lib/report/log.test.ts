import { describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../e2e/recorded-reports.ts';
import { renderLog } from './log.ts';
import { buildReport } from './model/report.ts';

/** Of a log that has 15 for a run of a minute: four of them say how far it is, and one where its report is. */
const MOST_LINES = 10;

describe.each(Object.entries(RECORDED_REPORTS))('in a log, the %s run', (_name, source) => {
  const report = buildReport(source());
  const lines = renderLog(report, false).split('\n');

  it('is told in few lines, and none is empty', () => {
    const answers = report.runs.length > 1 ? 4 : 0;
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES + answers);
    expect(lines.filter((line) => line.trim() === '')).toEqual([]);
  });

  it('has its verdict first, its thresholds, and no reason that points below', () => {
    expect(lines[0]).toBe(report.decision.headline);
    expect(lines.filter((line) => /^\d+ of \d+ thresholds?/.test(line))).toHaveLength(1);
  });
});

it('a log gives three reasons, counts the others, and has each sentence in one line', () => {
  const report = buildReport((RECORDED_REPORTS.joint ?? expect.fail())());
  const lines = renderLog(report, false).split('\n');
  expect(lines.filter((line) => /^ {2}(critical|high|medium|low) /.test(line))).toHaveLength(3);
  for (const { summary } of report.problems.slice(0, 3)) expect(lines.join('\n')).toContain(summary);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}- and \d+ more findings?: see report\.html$/));
});
