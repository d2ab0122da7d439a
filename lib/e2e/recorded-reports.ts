import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readHandMade } from '../core/foreign/hand-made.ts';
import { asStored, type RunSummary } from '../core/judge/run-summary.ts';
import { type RunEvidence, withTimeline } from '../report/model/evidence.ts';
import type { ReportSource } from '../report/model/report.ts';
import { readTimeline } from '../results/timeline.ts';

const here = (file: string) => new URL(`../report/${file}`, import.meta.url);
const readCompressed = (file: string) => gunzipSync(readFileSync(here(`recorded/${file}.gz`))).toString('utf8');

/** A real run, recorded by `npm run record`. */
function recorded(name: string): RunEvidence {
  const summary = JSON.parse(readCompressed(`${name}/summary.json`)) as RunSummary;
  return withTimeline(asStored(summary), readTimeline(fileURLToPath(here(`recorded/${name}`)), summary));
}

const SCENARIOS = ['mixed', 'rapid-fire', 'smoke', 'sustained'];
const FILES = [{ path: 'report.html', content: 'this report, with charts' }];
/** Runs with a question of their own: one of each that went well, and of those that found something. */
const ANSWERS = ['sequential', 'breakpoint', 'pool', 'recovery', 'soak', 'websocket', 'rate-limit'];
const BAD_ANSWERS = ['breakpoint', 'pool', 'recovery', 'soak', 'websocket', 'rate-limit'];
const alone = (name: string): ReportSource => ({ runs: [recorded(name)], scenarios: SCENARIOS, files: FILES });

/** What the golden reports are made of, by name. */
export const RECORDED_REPORTS: Readonly<Record<string, () => ReportSource>> = {
  ...Object.fromEntries(
    [
      'healthy',
      'report-profile',
      'everything-refused',
      'nothing-measured',
      'aborted',
      'one-endpoint',
      '200-endpoints',
    ].map((name) => [name, () => alone(name)]),
  ),
  joint: () => ({
    runs: ['report-profile-burst', 'report-profile', 'everything-refused'].map(recorded),
    joint: JSON.parse(readFileSync(here('recorded/joint.json'), 'utf8')),
    scenarios: SCENARIOS,
    files: FILES,
  }),
  answers: () => ({ runs: ANSWERS.map((name) => recorded(`answers/${name}`)), scenarios: SCENARIOS, files: FILES }),
  'bad-answers': () => ({
    runs: BAD_ANSWERS.map((name) => recorded(`bad-answers/${name}`)),
    scenarios: SCENARIOS,
    files: FILES,
  }),
  breakpoint: () => alone('bad-answers/breakpoint'),
  'load-concurrent-001': () => ({
    runs: [readHandMade(JSON.parse(readFileSync(here('replay/load-concurrent-001.summary.json'), 'utf8')))],
    scenarios: SCENARIOS,
  }),
};
