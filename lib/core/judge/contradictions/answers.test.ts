import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../run-summary.ts';
import { contradictionsOf } from './contradictions-of.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a file holds, of which anything may be changed
type Json = any;

function recorded(name: string): Json {
  const file = fileURLToPath(new URL(`../../../report/recorded/${name}/summary.json.gz`, import.meta.url));
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

function told(name: string, change: (json: Json) => unknown): string[] {
  const json = recorded(name);
  change(json);
  return contradictionsOf(json as RunSummary).map((each) => `${each.member} is ${each.received}; ${each.expected}`);
}

describe('what cannot be in an answer is found:', () => {
  it.each<[string, string, (study: Json) => unknown, RegExp]>([
    [
      'more within the limit than it lets through',
      'rate-limit',
      (study) => (study.mostInWindow = 100),
      /^study\.beyondLimit is 0; at least 40, since 100 were accepted where 60 fit/,
    ],
    [
      'more in a window than at all',
      'rate-limit',
      (s) => (s.mostInWindow = 500),
      /^study\.mostInWindow is 500; at most 121/,
    ],
    ['more accepted than sent', 'rate-limit', (s) => (s.accepted = 9999), /^study\.accepted is 9999; at most 2\d\d/],
    ['more refused than left', 'rate-limit', (s) => (s.limited = 200), /^study\.limited is 200; at most 1\d\d/],
    [
      'more times than 429',
      'rate-limit',
      (s) => (s.retryAfter.right = 500),
      /^study\.retryAfter is 50\d; at most 1\d\d/,
    ],
    ['more accepted than tried', 'rate-limit', (s) => (s.bypasses[0].letThrough = 9), /letThrough is 9; at most 3/],
    ['another client refused more', 'rate-limit', (s) => (s.isolation.requests = -1), /^study\.isolation\.refused/],
    [
      'bad probes that were not sent',
      'recovery',
      (s) => (s.probes.answered = 0),
      /^study\.probes\.answered is 0; at least 132/,
    ],
    [
      'back after the watch',
      'recovery',
      (s) => (s.recoveredAfterSeconds = 99),
      /^study\.recoveredAfterSeconds is 99; at most/,
    ],
    ['sockets that were not started', 'websocket', (s) => (s.started = 3), /^study\.started is 3; 200, held, refused/],
    [
      'fewer at one time than at the end',
      'websocket',
      (s) => (s.mostHeld = 5),
      /^study\.mostHeld is 5; from 200 to 200/,
    ],
    [
      'more answers than messages',
      'websocket',
      (s) => (s.messages.sent = 9),
      /^study\.messages\.answered is 1001; at most 9/,
    ],
    [
      'a step that failed whole',
      'breakpoint',
      (s) => (s.steps[0].failedShare = 1),
      /^study\.steps\[0\]\.failedShare is 1; 0, as/,
    ],
    [
      'a rate that is sustained beyond a step that is not',
      'breakpoint',
      (s) => (s.steps[0].holds = false),
      /^study\.sustainedPerSecond is 146; the rate of a step before steps\[0\]/,
    ],
    [
      'a rate that no step had',
      'breakpoint',
      (s) => (s.sustainedPerSecond = 120),
      /^study\.sustainedPerSecond is 120; the rate/,
    ],
    [
      'a step of more requests',
      'pool',
      (s) => (s.steps[1].requests = 400),
      /^study\.steps\[1\]\.requests is 400; 40, one for/,
    ],
    [
      'an interval that ends before it begins',
      'soak',
      (s) => (s.drifts[0].intervalPerHour = [9, -9]),
      /intervalPerHour\[1\] is -9/,
    ],
  ])('%s', (_case, name, change, expected) => {
    expect(told(`answers/${name}`, ({ study }) => change(study))).toContainEqual(expect.stringMatching(expected));
  });

  it('but not where there is no answer', () => {
    const change = ({ study }: Json) => Object.assign(study, { invalid: 'cut off', started: 3 });
    expect(told('answers/websocket', change).filter((each) => each.startsWith('study'))).toEqual([]);
  });
});

describe('a steady load that k6 ended by itself', () => {
  const lasting = (durationSeconds: number, rest: object = {}) =>
    told('healthy', (run) => {
      run.load.plan.users.durationSeconds = durationSeconds;
      Object.assign(run, rest);
    });
  it('lasted as long as it was planned', () => {
    expect(lasting(1500)).toEqual([
      expect.stringMatching(/^load\.windowSeconds is 16\.\d+; at least .*the plan is longer/),
    ]);
    expect(lasting(15)).toEqual([]);
  });
  it('or was cut short, and says so', () => {
    expect(lasting(1500, { k6ExitCode: 105, verdict: 'incomplete' })).toEqual([]);
  });
});
