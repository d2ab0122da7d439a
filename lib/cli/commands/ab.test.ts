import { expect, it } from 'vitest';
import { callProgram } from '../../e2e/call-program.ts';
import { type Environment, temporaryFolder } from '../../e2e/tool.ts';

const HERE = 'http://127.0.0.1:8000';
const NONE: Environment = {};
const BASE_HERE: Environment = { BASE_URL: HERE };

it.each<[string, readonly string[], Environment, RegExp]>([
  ['without head', [], NONE, /nothing to compare base with/],
  ['base against base with a head', ['--aa', '--head-url', HERE], NONE, /there is no head/],
  ['one service on both sides', ['--head-url', HERE], BASE_HERE, /the same service/],
  ['one service, named by a flag', ['--base-url', HERE, '--head-url', HERE], NONE, /the same service/],
  ['one service with a slash behind it', ['--head-url', `${HERE}/`], BASE_HERE, /the same service/],
  ['one service in capitals', ['--head-url', HERE.toUpperCase()], BASE_HERE, /the same service/],
  [
    'one service with the port of its protocol',
    ['--base-url', 'http://localhost', '--head-url', 'http://localhost:80'],
    NONE,
    /the same service/,
  ],
  ['one address with one command', ['--head-url', HERE, '--head-start', 'x'], BASE_HERE, /the same service/],
  ['a command without an address', ['--head-start', 'npm start'], NONE, /--head-start needs an address/],
  [
    'a folder without a command',
    ['--head-url', 'http://127.0.0.1:9', '--head-dir', '.'],
    BASE_HERE,
    /--head-dir has no meaning/,
  ],
  ['an address that is none', ['--head-url', 'localhost'], BASE_HERE, /BASE_URL|not a/],
  ['a profile beside an address', ['--aa', '--backend-profile', 'report'], BASE_HERE, /--backend-profile/],
  ['runs that may be cut short', ['--aa', '--abort-on-fail', '10s'], NONE, /--abort-on-fail/],
  ['a scenario that there is not', ['--aa', '--scenario', 'nope'], NONE, /nope/],
  ['an output that cannot be written', ['--aa', '--junit', '/nowhere/x.xml'], NONE, /cannot be written/],
  ['too many pairs', ['--aa', '--pairs', '51'], NONE, /--pairs is not a number of them[\s\S]*from 1 to 50/],
  ['a third look', ['--aa', '--looks', '3'], NONE, /--looks is not a number of them[\s\S]*from 1 to 2/],
  ['an effect of nothing', ['--aa', '--effect', '0'], NONE, /--effect is not a share/],
])('%s is refused before anything is sent', async (_, args, environment, message) => {
  const results = temporaryFolder();
  const call = callProgram(['ab', '--scenario', 'smoke', '--results', results, ...args], { environment });
  await expect(call).rejects.toThrow(message);
});
