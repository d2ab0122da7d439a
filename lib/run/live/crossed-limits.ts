import { parseExpression } from '../../core/foreign/read-thresholds.ts';
import { figuresOfScript, judgeBudgets } from '../../core/foreign/script/figures-of-script.ts';
import { judgedByRecord } from '../../core/foreign/script/judged-by-record.ts';
import { customOfRecord } from '../../core/judge/custom-of-record.ts';
import { judgeThreshold } from '../../core/judge/judge-threshold.ts';
import { measurementOfRecord } from '../../core/judge/measurement-of-record.ts';
import { isOfStudy } from '../../core/judge/metrics.ts';
import { type ScriptFacts, scriptFactsIn } from '../../core/judge/script/script-facts.ts';
import { type StoredThreshold, subjectOf } from '../../core/judge/threshold.ts';
import { titleOfStored } from '../../core/judge/threshold-text.ts';
import { measureRun } from '../../core/measure/measure-run.ts';
import type { RecordTotals } from '../../core/measure/record/read-record.ts';
import { present } from '../../core/spec/present.ts';

/**
 * The limits that a run is beyond so far, in words: `projects: p95 of ok replies`. What only has to grow, as a number of
 * replies or of requests a second, is not among them before the end; nor are the limits of a question on its answer.
 * @param today the day (UTC) on which waivers must be in force
 */
export function crossedSoFar(record: RecordTotals, today: string): string[] {
  const facts = scriptFactsIn(record);
  if (facts === undefined && record.thresholds.length === 0) return crossedOfScenario(record, today);
  return [...crossedOfScript(record), ...(facts === undefined ? [] : crossedBudgets(record, facts, today))];
}

function crossedOfScenario(record: RecordTotals, today: string): string[] {
  const { measurement } = measurementOfRecord(record);
  const { endpoints, totals, load, journeys } = measureRun(measurement);
  const figures = { endpoints, totals, load, ...present({ journeys, custom: customOfRecord(record, measurement) }) };
  return measurement.thresholds
    .filter(({ metric }) => !isOfStudy(metric))
    .map((threshold) => judgeThreshold(threshold, figures, today))
    .flatMap(wordsIfCrossed);
}

/** Whatever only has to grow cannot be crossed before the end. */
function wordsIfCrossed(threshold: StoredThreshold): string[] {
  return threshold.verdict !== 'fail' || canOnlyGrow(threshold) ? [] : [wordsOf(threshold)];
}

function canOnlyGrow({ operator, unit }: Pick<StoredThreshold, 'operator' | 'unit'>): boolean {
  return operator === '>=' && unit !== 'share';
}

function wordsOf(threshold: StoredThreshold): string {
  const subject = subjectOf(threshold);
  return `${subject === undefined ? '' : `${subject}: `}${titleOfStored(threshold.metric)}`;
}

/** What the project asks of a script: judged as for its verdict, of which k6 has not told its own part yet. */
function crossedBudgets(record: RecordTotals, facts: ScriptFacts, today: string): string[] {
  return judgeBudgets(facts, figuresOfScript(record, facts, { k6Version: '' }), today).flatMap(wordsIfCrossed);
}

function crossedOfScript(record: RecordTotals): string[] {
  return judgedByRecord(record)
    .filter(({ failed, source }) => failed === true && !countsUp(source))
    .map(({ metric, source }) => `${metric}: ${source}`);
}

/** `count>=100` */
function countsUp(source: string): boolean {
  const { statistic, operator = '' } = parseExpression(source) ?? {};
  return statistic === 'count' && operator.startsWith('>');
}
