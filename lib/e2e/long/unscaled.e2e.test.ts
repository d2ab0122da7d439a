import { expect, it } from 'vitest';
import { expectTheReportedCollapse } from '../report-profile.ts';
import { runSuite } from '../suite.ts';

const MINUTES = 60_000;

it(
  'LOAD-CONCURRENT-001 as it was, with timeouts of 30 s and pauses of a minute',
  async () => {
    const suite = await runSuite({}, '--backend-profile', 'report');
    console.log(suite.stdout.slice(suite.stdout.lastIndexOf('LOAD-CONCURRENT-001: ')));
    console.log(suite.markdown);
    expectTheReportedCollapse(suite);
    for (const [id, limit] of [
      ['system-stats', 56],
      ['system-ports', 26],
      ['services', 56],
      ['agents', 56],
    ] as const) {
      // Four of the requests that the limit lets through were sent at rest, less than a minute before.
      expect(suite.runs[0]?.endpoints.find((endpoint) => endpoint.id === id)?.outcomes.ok).toBe(limit);
    }
  },
  20 * MINUTES,
);
