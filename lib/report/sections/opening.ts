import { subjectOf } from '../../core/judge/threshold.ts';
import type { Block, Inline, Text, Tile } from '../../core/spec/document/blocks.ts';
import { list, NOT_MEASURED, paragraph } from '../../core/spec/document/cells.ts';
import { formatActual, formatLimit, formatValue, type Unit } from '../../core/spec/figure-text.ts';
import { present } from '../../core/spec/present.ts';
import { formatCount, formatDuration, formatMoment } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { Report } from '../model/report.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { verdictTone } from './cells.ts';
import { limitText, thresholdCell } from './threshold-texts.ts';

/** What is read in ten seconds: the verdict, what to do, why, the figures that count, and what was run. */
export function openingSection(report: Report): Block[] {
  const { verdict, decision } = report;
  return [
    { kind: 'verdict', tone: verdictTone(verdict), text: decision.headline },
    paragraph([{ strong: decision.advice.words }]),
    ...list(decision.advice.reasons),
    { kind: 'tiles', tiles: tilesOf(report) },
    paragraph(runLine(report)),
  ];
}

function tilesOf(report: Report): Tile[] {
  const { totals, runs } = report;
  const { successShare, judgedRequests, requestsPerSecond, requests, ok } = totals;
  const p95Limit = overall(report, 'okP95Ms');
  const failedShare = successShare === undefined ? undefined : 1 - successShare;
  const leastSuccess = overall(report, 'successShare');
  const single = runs.length === 1 ? runs[0] : undefined;
  return [
    tile('p95 of successful', figure(ok.p95, 'ms', p95Limit?.limit), p95Limit),
    tile(
      'Failed',
      figure(failedShare, 'share', leastSuccess && 1 - leastSuccess.limit, judgedRequests),
      leastSuccess,
      ({ limit }) => `at most ${formatLimit(1 - limit, 'share')}`,
    ),
    single === undefined
      ? tile('Runs', formatCount(runs.length))
      : tile(
          'Requests/s',
          figure(requestsPerSecond, 'perSecond'),
          overall(report, 'perSecond'),
          (limit) => `successful responses ${limitText(limit)}`,
        ),
    tile('Requests', formatCount(requests)),
    tile('Duration', durationOf(report)),
  ];
}

/** @param limit that the figure must not be rounded to, nor across */
function figure(value: number | undefined, unit: Unit, limit?: number, samples?: number): string {
  if (value === undefined) return NOT_MEASURED;
  return limit === undefined ? formatValue(value, unit, samples) : formatActual(value, limit, unit, samples);
}

/** @param saysLimit where the figure is not the one that the limit is on */
function tile(
  name: string,
  value: string,
  threshold?: ThresholdRow,
  saysLimit: (threshold: ThresholdRow) => string = limitText,
): Tile {
  const tone = threshold === undefined ? 'plain' : (thresholdCell(threshold.verdict).tone ?? 'plain');
  return { name, value, tone, ...present({ limit: threshold && `limit ${saysLimit(threshold)}` }) };
}

/** Of several runs, the one that is crossed: their figures are one. */
function overall({ thresholds }: Report, metric: string): ThresholdRow | undefined {
  const own = thresholds.filter((row) => row.metric === metric && subjectOf(row) === undefined);
  return own.find(({ verdict }) => verdict === 'fail') ?? own[0];
}

function durationOf({ header, runs }: Report): string {
  const load = runs.length === 1 ? runs[0]?.loadSeconds : undefined;
  const seconds = load ?? header.durationSeconds;
  return seconds === undefined ? NOT_MEASURED : formatDuration(seconds < 10 ? seconds : Math.round(seconds));
}

function runLine({ header, runs }: Report): Text {
  const { target, startedAt, release, environment } = header;
  const [first] = runs;
  const what =
    runs.length === 1 && first !== undefined
      ? [first.scenario, first.load.join('; ')].filter((text) => text !== '').join(': ')
      : `${counted(runs.length, 'run')}: ${named(runs.map(({ scenario }) => scenario))}`;
  const parts: (Inline | undefined)[] = [
    what,
    target === undefined ? undefined : { code: target },
    environment === undefined ? undefined : `environment ${environment}`,
    startedAt === undefined ? undefined : formatMoment(startedAt),
    release === undefined ? undefined : `release ${release}`,
  ];
  return parts.filter((part) => part !== undefined).flatMap((part, i) => (i === 0 ? [part] : [', ', part]));
}
