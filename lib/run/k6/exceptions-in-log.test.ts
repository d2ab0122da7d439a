import { describe, expect, it } from 'vitest';
import { ExceptionsInLog } from './exceptions-in-log.ts';

const STACK = String.raw`\n\tat helper (file:///shop.js:3:46(8))\n\tat default (file:///shop.js:5:36(3))\n`;

/** A line of k6's log, in the shape that it writes by default. */
function line(message: string, fields: string): string {
  return `time="2026-11-28T12:44:39Z" level=error msg="${message}" ${fields}`;
}

const IN_LOAD = 'executor=shared-iterations scenario=default';
const THROWN = `${IN_LOAD} hint="script exception" source=stacktrace`;

function exceptionsIn(...lines: readonly string[]) {
  const exceptions = new ExceptionsInLog();
  for (const each of lines) exceptions.take(each);
  return exceptions.found();
}

describe('exceptions in the log of k6', () => {
  it.each([
    ['one that was thrown', line(`Error: x${STACK}`, THROWN), 1, 0],
    ['one of a promise', line(`Uncaught (in promise) Error: x${STACK}`, IN_LOAD), 1, 1],
    ['one of a promise, of no error', line('Uncaught (in promise) plain', IN_LOAD), 1, 1],
    [
      'one of a promise, as JSON',
      JSON.stringify({ executor: 'x', level: 'error', msg: 'Uncaught (in promise) Error: no "quotes"\n\tat a\n' }),
      1,
      1,
    ],
    [
      'one that was thrown, as JSON',
      JSON.stringify({
        executor: 'x',
        hint: 'script exception',
        level: 'error',
        msg: 'Error: x',
        source: 'stacktrace',
      }),
      1,
      0,
    ],
    [
      'one of an async journey, which the script has counted',
      line(String.raw`Uncaught (in promise) TypeError: journey \"buy\", after \"list\": x${STACK}`, IN_LOAD),
      1,
      0,
    ],
    [
      'one that only speaks of a journey',
      line(String.raw`Uncaught (in promise) Error: no journey \"buy\"${STACK}`, IN_LOAD),
      1,
      1,
    ],
    ['what a script logs', line('Uncaught (in promise) Error: x', 'executor=mine source=console'), 0, 0],
    ['a request that failed', line('Request Failed', `error="Uncaught (in promise) x" ${IN_LOAD}`), 0, 0],
  ])('%s', (_, logged, iterations, unawaited) => {
    expect(exceptionsIn(logged)).toEqual({ iterations, unawaited });
  });

  it.each([
    ['thrown', line(`Error: no order ${STACK}`, 'hint="script exception" source=stacktrace'), 'Error: no order'],
    ['of a promise', line(`Uncaught (in promise) Error: x${STACK}`, ''), 'Error: x'],
    [
      'of several lines',
      line(String.raw`UserError: a\n  received: \"b\"${STACK}`, 'hint="script exception"'),
      'a received: "b"',
    ],
    ['that is long', line('x'.repeat(400), 'hint="script exception"'), `${'x'.repeat(300)} ...`],
  ])('one outside of the load, %s, is told in one line', (_, logged, outside) => {
    expect(exceptionsIn(line('Error: earlier', 'hint="script exception"'), logged)).toEqual({
      iterations: 0,
      unawaited: 0,
      outside,
    });
  });

  it('are all counted, however many there are', () => {
    const lost = line(`Uncaught (in promise) Error: x${STACK}`, IN_LOAD);
    const lines = Array.from({ length: 5000 }, (_, i) => (i % 5 === 0 ? line('Error: y', THROWN) : lost));
    expect(exceptionsIn(...lines)).toEqual({ iterations: 5000, unawaited: 4000 });
  });
});
