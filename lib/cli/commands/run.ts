import { UserError } from '../../core/spec/errors.ts';
import { RUN_EXIT_CODES } from '../../core/spec/exit-codes.ts';
import { present } from '../../core/spec/present.ts';
import { refuseOptionsOfScenarios } from '../../run/script/options-of-scenarios.ts';
import { isScript } from '../../run/wanted-load.ts';
import { defineCommand, optionalArgument } from './command.ts';
import { COMMAND_HEADING, HEADING } from './headings.ts';
import { LOAD_NOTES, LOAD_OPTIONS, withCall } from './load-options.ts';
import { flag, text, under } from './option.ts';
import { partOf, segmentOf } from './parts.ts';

export const runCommand = defineCommand({
  name: 'run',
  heading: COMMAND_HEADING.load,
  description: 'run a scenario, or any k6 script, and judge it',
  arguments: {
    scenario: optionalArgument(
      '[scenario]',
      'its name: that of its file in scenarios/; or the path of a k6 script (.js, .ts); without it, the scenarios that there are',
    ),
  },
  takesK6Arguments: true,
  options: {
    ...LOAD_OPTIONS,
    ...under(HEADING.run, {
      flatMemory: flag(
        '--flat-memory',
        "of a script: turn k6's own engine off, which keeps every sample; thresholds are judged from our record, and handleSummary() does not run",
      ),
    }),
    parts: under(HEADING.run, {
      instance: text(
        '--instance <i/n>',
        'send one of n equal shards of the load, such as 2/4: several k6 processes make one run',
      ),
      runId: text('--run-id <id>', 'the run that the processes of --instance share'),
      segment: text(
        '--segment <time>',
        'send a constant load in chunks one after another, each by a k6 process of its own: for soaks that would not fit into memory',
      ),
    }),
  },
  examples: [
    ['run sustained', 'against the reference backend, which the run starts and stops'],
    ['run sustained --base-url http://127.0.0.1:8000 --duration 5m', 'against a service that runs'],
    ['run load/checkout.js -- -e BASE_URL=http://127.0.0.1:8000', 'a k6 script as it is; what follows -- is for k6'],
    ['run soak --segment 30m', 'a long load in chunks of half an hour'],
  ],
  notes: LOAD_NOTES,
  exitCodes: RUN_EXIT_CODES,
  run: async ({ scenario, parts, ...request }, call) => {
    if (scenario === undefined) {
      const { listInsteadOfRun } = await import('../list.ts');
      return listInsteadOfRun(call.workingFolder, call.terminal);
    }
    if (isScript(scenario)) refuseOptionsOfScenarios({ ...request, parts });
    else if (request.flatMemory) throw isFlatAnyway();
    const divided = present({ part: partOf(parts), segmentSeconds: segmentOf(parts) });
    const { run } = await import('../../run/run.ts');
    return run(scenario, { ...withCall(request, call), ...divided }, call.terminal);
  },
});

function isFlatAnyway(): UserError {
  return new UserError({
    what: "--flat-memory has no meaning for a scenario: k6's own engine is off there anyway, and memory stays flat.",
    expected: 'the path of a k6 script, or a scenario without --flat-memory',
    todo: 'leave it out',
  });
}
