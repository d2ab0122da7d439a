import { EXIT } from '../../core/spec/exit-codes.ts';
import { K6_MODULE_FOLDER } from '../../run/installation.ts';
import { defineCommand } from './command.ts';
import { COMMAND_HEADING } from './headings.ts';

export const whichK6Command = defineCommand({
  name: 'which-k6',
  heading: COMMAND_HEADING.other,
  description: 'find or build k6; print its path, version, where it came from, and whether it has the recorder',
  examples: [['which-k6', 'the k6 of K6_BIN, else our own, which is built once, else (without Go) one on PATH']],
  exitCodes: [
    ['0', 'there is one'],
    ['2', 'there is none that can be used, and none could be built'],
  ],
  run: async (_, { terminal }) => {
    const [{ findK6 }, { describeK6 }] = await Promise.all([
      import('../../k6-binary/find-k6.ts'),
      import('../../k6-binary/k6-binary.ts'),
    ]);
    terminal.print(describeK6(await findK6({ moduleFolder: K6_MODULE_FOLDER, log: terminal.say })));
    return EXIT.pass;
  },
});
