import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROW_METRICS } from '../compare/comparison.ts';
import { temporaryFolder } from '../e2e/tool.ts';
import { readComparisonPolicy } from './comparison-policy.ts';
import configSchema from './schemas/config.schema.json' with { type: 'json' };

describe('the policy of package.json', () => {
  function projectWith(comparison: unknown): string {
    const root = temporaryFolder();
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ 'k6-verdict': { comparison } }));
    return root;
  }
  const read = (comparison: unknown) => readComparisonPolicy(projectWith(comparison), new Date('2026-11-24T12:00:00Z'));

  it('is read with the day on which it is read', () => {
    const rows = [{ metric: 'p95', endpoint: 'services', effect: 0.1 }];
    expect(read({ rows })).toEqual({ rows, accept: [], today: '2026-11-24' });
    expect(read({ mostBusyShare: 1 })).toEqual({ mostBusyShare: 1, rows: [], accept: [], today: '2026-11-24' });
    expect(read(undefined)).toEqual({ rows: [], accept: [], today: '2026-11-24' });
  });

  it.each<[string, unknown, string]>([
    ['a list', [], 'comparison must be an object, not a list'],
    ['a member that there is not', { row: [] }, 'comparison.row is not known'],
    [
      'a metric that there is not',
      { rows: [{ metric: 'p42' }] },
      'comparison.rows[0].metric must be one of "p95-geomean", ',
    ],
    ['a busy share in percent', { mostBusyShare: 90 }, 'comparison.mostBusyShare must be at most 1, not 90'],
    ['a row without a metric', { rows: [{}] }, 'comparison.rows[0].metric is missing'],
    [
      'an effect that is none',
      { rows: [{ metric: 'p95', effect: -1 }] },
      'comparison.rows[0].effect must be above 0, not -1',
    ],
    [
      'a tolerance in percent',
      { rows: [{ metric: 'p95', tolerance: 10 }] },
      'comparison.rows[0].tolerance must be below 10, not 10',
    ],
    [
      'a gate that is text',
      { rows: [{ metric: 'p95', gate: 'no' }] },
      'comparison.rows[0].gate must be true or false, not a text',
    ],
    [
      'an acceptance without a day',
      { accept: [{ metric: 'p95', reason: 'x' }] },
      'comparison.accept[0].until is missing',
    ],
    [
      'an acceptance without a reason',
      { accept: [{ metric: 'p95', until: '2026-12-31', reason: '' }] },
      'an empty text',
    ],
  ])('is refused for %s', (_, comparison, fault) => {
    expect(() => read(comparison)).toThrow(`received: ${fault}`);
    expect(() => read(comparison)).toThrow(/expected: /);
  });

  it('knows every metric of a comparison', () => {
    expect(configSchema.$defs.rowMetric.enum).toEqual(ROW_METRICS);
    const rows = ROW_METRICS.map((metric) => ({ metric }));
    expect(read({ rows }).rows).toEqual(rows);
  });
});
