import { UserError } from 'k6-verdict';
import { describe, expect, test } from 'vitest';
import { endpoints, systemPorts } from '../endpoints/index.ts';
import { parseKnobs } from './knobs.ts';

function mistakeIn(...args: string[]) {
  try {
    parseKnobs(args);
  } catch (error) {
    if (error instanceof UserError) return error.mistake;
    throw error;
  }
  throw new Error(`no mistake found in ${args.join(' ')}`);
}

describe('the knobs', () => {
  test('are those of a healthy service on port 54112, with the declared limits, when no flag is given', () => {
    const knobs = parseKnobs([]);
    expect(knobs).toMatchObject({
      profile: 'healthy',
      host: '127.0.0.1',
      port: 54112,
      truthPort: 0,
      keepAlive: true,
      timeScale: 1,
    });
    expect(knobs.closeAfter).toBeUndefined();
    expect([knobs.capacityPerSecond, knobs.pool]).toEqual([undefined, undefined]);
    for (const endpoint of endpoints) {
      expect(knobs.endpoints[endpoint.id]).toEqual({
        rateLimit: 'rateLimit' in endpoint ? endpoint.rateLimit : undefined,
        limitBypasses: new Set(),
        delayMs: 0,
        slowShare: 0,
        slowDelayMs: 0,
        errorShare: 0,
        resetShare: 0,
        status: undefined,
        hangs: false,
      });
    }
  });

  test('apply to every endpoint, or to one; the more particular one wins in whatever order', () => {
    for (const args of [
      ['--delay-ms', '20', '--delay-ms', 'agents=50', '--delay-ms', 'health=0'],
      ['--delay-ms', 'agents=50', '--delay-ms', 'health=0', '--delay-ms', '20'],
    ]) {
      const { endpoints: knobs } = parseKnobs(args);
      expect([knobs.agents.delayMs, knobs.health.delayMs, knobs.projects.delayMs]).toEqual([50, 0, 20]);
    }
  });

  test('take the last value of a flag that is given twice', () => {
    expect(parseKnobs(['--port', '0', '--port', '8080']).port).toBe(8080);
  });

  test('put a pool and a capacity before every endpoint', () => {
    const { pool, capacityPerSecond } = parseKnobs(['--pool-size', '5', '--capacity', '12.5']);
    expect(pool).toEqual({ size: 5, holdMs: 100, whenFull: 'wait' });
    expect(capacityPerSecond).toBe(12.5);
    expect(mistakeIn('--pool-when-full', 'fail').expected).toContain('--pool-size');
    expect(mistakeIn('--pool-size', '5', '--pool-when-full', 'crash').expected).toContain('wait or fail');
    expect(mistakeIn('--capacity', '0').expected).toContain('above 0');
  });

  test('change the limits of limited endpoints only', () => {
    const { endpoints: knobs } = parseKnobs(['--rate-limit-window-seconds', '2', '--limit-scale', 'system-ports=0.1']);
    expect(knobs['system-ports'].rateLimit).toEqual({ ...systemPorts.rateLimit, requests: 3, windowSeconds: 2 });
    expect(knobs.agents.rateLimit).toMatchObject({ requests: 60, windowSeconds: 2 });
    const { endpoints: fixed } = parseKnobs(['--limit-algorithm', 'agents=fixed-window']);
    expect(fixed.agents.rateLimit?.algorithm).toBe('fixed-window');
    expect(fixed.services.rateLimit?.algorithm).toBe('sliding-window');
    const { endpoints: open } = parseKnobs(['--limit-bypass', 'head', '--limit-bypass', 'x-real-ip']);
    expect(open.agents.limitBypasses).toEqual(new Set(['head', 'x-real-ip']));
    expect(open.health.limitBypasses).toEqual(new Set());
    expect(mistakeIn('--limit-bypass', 'magic').expected).toContain('x-forwarded-for');
    expect(mistakeIn('--limit-algorithm', 'leaky').expected).toContain('sliding-window or fixed-window');
    expect(knobs.health.rateLimit).toBeUndefined();
  });

  test('switch all limits off', () => {
    const { endpoints: knobs } = parseKnobs(['--no-rate-limits', '--limit-scale', '2']);
    expect(Object.values(knobs).every(({ rateLimit }) => rateLimit === undefined)).toBe(true);
  });

  test('name endpoints that hang or know one status', () => {
    const { endpoints: knobs } = parseKnobs(['--hang', 'agents', '--hang', 'projects', '--status', 'health=404']);
    expect([knobs.agents.hangs, knobs.projects.hangs, knobs.health.hangs]).toEqual([true, true, false]);
    expect([knobs.health.status, knobs.agents.status]).toEqual([404, undefined]);
  });

  test('close every connection when the service is to go away', () => {
    expect(parseKnobs(['--close-after', '10'])).toMatchObject({ closeAfter: 10, keepAlive: false });
  });

  test.each([
    [['--port', 'abc'], /between 0 and 65535/],
    [['--port', '65536'], /between 0 and 65535/],
    [['--port', ''], /between 0 and 65535/],
    [['--delay-ms', '-5'], /milliseconds/],
    [['--delay-ms', 'agents=fast'], /milliseconds/],
    [['--delay-ms', 'nobody=5'], /one of system-stats, .*, health, .*, me$/],
    [['--error-share', '10'], /between 0 and 1/],
    [['--status', 'health=99'], /between 200 and 599/],
    [['--close-after', '0'], /above 0/],
    [['--rate-limit-window-seconds', '0'], /above 0/],
    [['--profile', 'ill'], /healthy, report, leaking/],
    [['--socket-cap', '0'], /above 0/],
    [['--sockets-when-full', 'burn'], /refuse, reset, close, hang/],
    [['--time-scale', '0'], /factor above 0, at most 100/],
    [['--time-scale', '101'], /factor above 0, at most 100/],
    [['--time-scale', 'fast'], /factor above 0, at most 100/],
    [['--slow-share', '0.1'], /both/],
    [['--error-share', '0.6', '--reset-share', 'agents=0.5'], /at most 1/],
    [['--fast'], /--help/],
    [['--hang'], /--help/],
    [['leftover'], /--help/],
    [['--profile', 'canary'], /healthy, report, leaking/],
    [['--delay-ms', 'canary=5'], /one of system-stats, .*, health, .*, me$/],
    [['--fast=canary'], /--help/],
    [['canary'], /--help/],
  ])('refuse %j, naming what is expected, and no value', (args, expected) => {
    const mistake = mistakeIn(...args);
    expect(mistake.expected).toMatch(expected);
    expect(JSON.stringify(mistake)).not.toContain('canary');
  });
});
