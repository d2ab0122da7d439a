import { describe, expect, it } from 'vitest';
import { RECORDED_REPORTS } from '../../e2e/recorded-reports.ts';
import { renderLog } from '../../report/log.ts';
import { buildReport } from '../../report/model/report.ts';
import { NO_REQUESTS } from '../live/request-tally.ts';
import { parseProgress } from './k6-progress.ts';
import { hiddenProgress, k6AsItIs, progressDisplay, type ShownRun } from './show-progress.ts';

const TITLE = 'sustained on 127.0.0.1:3000';

function at(second: number) {
  const line = `running (${second}.1s), 5/5 VUs, ${second} complete and 0 interrupted iterations`;
  return parseProgress(line) ?? expect.fail('no progress');
}

/** What is written, with the time in seconds as `time` has it. */
function written(isTerminal: boolean, hasColour = false) {
  const lines: (string | undefined)[] = [];
  const write = (line: string | undefined) => void lines.push(line);
  const terminal = { print: write, say: write, annotate: write, hasColour };
  return { lines, terminal: isTerminal ? { ...terminal, live: write } : terminal };
}

/** A service that answers five requests a second, from a warm-up of two seconds on. */
function recordAt(time: { seconds: number }, crossed: readonly string[] = []): NonNullable<ShownRun['record']> {
  const tallyAt = (seconds: number) => {
    const requests = Math.max(0, seconds - 2) * 5;
    return { ...NO_REQUESTS, atMs: seconds * 1000, requests, ok: requests };
  };
  return {
    look: () => tallyAt(time.seconds),
    beginning: () => ({ ...NO_REQUESTS, atMs: 2000 }),
    loadStartsAtMs: 2000,
    crossed,
  };
}

/** @param lastSecond of k6, of which the load begins with the third */
function shown(plannedSeconds: number | undefined, lastSecond: number, isTerminal = false): (string | undefined)[] {
  const { lines, terminal } = written(isTerminal);
  const time = { seconds: 0 };
  const run = { title: TITLE, record: recordAt(time), saysWhenLoadStarts: true };
  const display = progressDisplay(
    terminal,
    plannedSeconds === undefined ? run : { ...run, plannedSeconds },
    () => time.seconds * 1000,
  );
  for (time.seconds = 1; time.seconds < lastSecond; time.seconds += 1) display.show(at(time.seconds));
  display.show(at(time.seconds));
  display.end();
  return lines;
}

const timeOf = (line: string | undefined) => /^[^:,]*/.exec(line ?? '')?.[0];

describe('progress in a log', () => {
  it('has a line at the start, each half minute, and at the end', () => {
    expect(shown(60, 62)).toEqual([
      `Load begins: ${TITLE}, 1m planned, 5 users`,
      '30s of 1m: 5 req/s, 0 failed, 5 users',
      '1m of 1m: 5 req/s, 0 failed, 5 users',
      'Load over after 1m: 300 requests (5/s), 0 failed',
    ]);
  });

  it.each<[string, number | undefined, number, readonly string[]]>([
    ['none between in a short load', 10, 12, []],
    ['one for each tenth of a long one', 3600, 1102, ['6m of 1h', '12m of 1h', '18m of 1h']],
    ['one for each half minute where nobody knows how long it takes', undefined, 72, ['30s', '1m']],
  ])('has %s', (_, planned, last, between) => {
    expect(shown(planned, last).slice(1, -1).map(timeOf)).toEqual(between);
  });

  it('has at most 15 lines for any load', () => {
    for (const planned of [1, 30, 60, 100, 300, 1000]) expect(shown(planned, planned + 2).length).toBeLessThan(15);
  });

  it('begins with the load, not with what is before it, and says nothing where there was none', () => {
    expect(shown(60, 1)).toEqual(['Load over after 0s: 0 requests (0/s), 0 failed']);
    const { lines, terminal } = written(false);
    progressDisplay(terminal, { title: TITLE }).end();
    expect(lines).toEqual([]);
  });

  it('has the iterations that k6 counts where there is no recorder', () => {
    const { lines, terminal } = written(false);
    const display = progressDisplay(terminal, { title: TITLE, plannedSeconds: 40 });
    for (const second of [1, 20, 31, 40]) display.show(at(second));
    display.end();
    expect(lines).toEqual([
      `Load begins: ${TITLE}, 40s planned, 5 users`,
      '31s of 40s: 31 iterations done, 5 users',
      'Load over after 40s: 40 iterations done',
    ]);
  });
});

it.each(Object.entries(RECORDED_REPORTS))(
  'a minute of load leaves at most 15 lines in a log, as the %s run',
  (_, source) => {
    const report = buildReport(source());
    // Several runs have answers of their own, and a budget of their own.
    const most = report.runs.length > 1 ? 19 : 15;
    const summary = renderLog(report, false).split('\n');
    expect([...shown(60, 62), ...summary, 'Report: report.html'].length).toBeLessThanOrEqual(most);
  },
);

describe('progress on a terminal', () => {
  it('is one line, of the last seconds, which is gone in the end', () => {
    const lines = shown(60, 15, true);
    expect(lines).toHaveLength(16);
    expect(lines[0]).toBe('Warm-up, 1s to the load: 5 users');
    expect(lines[14]).toBe('13s of 1m: 5 req/s, 0 failed, 5 users');
    expect(lines[15]).toBeUndefined();
  });

  it.each([
    [true, '[31m1 limit crossed[39m'],
    [false, '1 limit crossed'],
  ])('has crossed limits in red where there are colours: %j', (hasColour, said) => {
    const { lines, terminal } = written(true, hasColour);
    const run = { title: TITLE, label: 'Run 2/4', record: recordAt({ seconds: 9 }, ['list: p95']) };
    progressDisplay(terminal, run, () => 9000).show(at(9));
    expect(lines[0]?.replaceAll('\u001b', '')).toContain(`Run 2/4, 7s: ${said}, `);
  });
});

it('what k6 itself prints is shown on demand, and then nothing of ours', () => {
  const { lines, terminal } = written(false);
  const display = k6AsItIs(terminal);
  display.show(at(1));
  display.printAll?.('of k6');
  display.print('of k6');
  display.end();
  expect(lines).toEqual(['of k6']);
});

it('hidden progress leaves what is no progress', () => {
  const { lines, terminal } = written(false);
  const display = hiddenProgress(terminal);
  display.show(at(1));
  display.print('of somebody');
  display.end();
  expect(lines).toEqual(['of somebody']);
});
