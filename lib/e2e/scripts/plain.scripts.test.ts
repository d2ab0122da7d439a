import { describe, expect, it } from 'vitest';
import { differencesOf } from './against-service.ts';
import { EXAMPLES } from './examples.ts';
import { runPlain } from './plain-k6.ts';
import type { ScriptCase } from './script-case.ts';
import { SUITES } from './suites.ts';
import { serviceOfEachTest, TABLES } from './tables.ts';

const service = serviceOfEachTest();

describe.each(TABLES)('what the table of the $table says is true under k6 alone:', ({ folder, cases }) => {
  it.each(cases.map((script) => [script.title, script] as const))('%s', async (_title, script) => {
    const { exitCode, said, rows, statuses, files } = await runPlain(script, { service: service(), folder });
    expect(exitCode, said).toBe(script.k6ExitCode);
    expect(files).toEqual(script.files ?? []);
    expect(differencesOf(script, rows, service().counts())).toEqual([]);
    expect(Object.fromEntries(statuses), said).toEqual(statusesOf(script));
  });
});

/** HTTP requests by status as the service counted them, without those that k6 sends of its own accord. */
function statusesOf({ unseen = {} }: ScriptCase): Record<string, number> {
  const statuses: Record<string, number> = {};
  for (const [route, answered] of Object.entries(service().counts().requests)) {
    if (Object.hasOwn(unseen, route)) continue;
    for (const [status, count] of Object.entries(answered)) {
      const seen = status === 'unanswered' ? '0' : status;
      statuses[seen] = (statuses[seen] ?? 0) + count;
    }
  }
  return statuses;
}

it('the tables have one row for each script and call', () => {
  for (const cases of [EXAMPLES, SUITES]) {
    const titles = cases.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

it('rows of a script go to the same routes or have none in common', () => {
  for (const { title, rows } of [...EXAMPLES, ...SUITES]) {
    const lists = new Set(rows.map(({ routes }) => routes.join(' + ')));
    const routes = [...lists].flatMap((list) => list.split(' + '));
    expect(new Set(routes).size, title).toBe(routes.length);
  }
});
