import { expect, it } from 'vitest';
import { projectRoot, temporaryFolder } from '../e2e/tool.ts';
import { type AbRequest, ab } from './ab.ts';

const REQUEST: AbRequest = {
  scenario: 'smoke',
  pairs: 5,
  looks: 2,
  isSelfCheck: false,
  base: {},
  head: {},
  policy: {},
  outputs: { printsJson: false, environment: {} },
  sources: { flags: {}, assignments: [], environment: {} },
  measuresAtRest: false,
  recordsTimeline: false,
  backendProfile: 'healthy',
  k6Arguments: [],
  workingFolder: projectRoot,
};

const HERE = 'http://127.0.0.1:8000';
const base = (url: string): Partial<AbRequest> => ({ sources: { ...REQUEST.sources, environment: { BASE_URL: url } } });

it.each<[string, Partial<AbRequest>, RegExp]>([
  ['without head', {}, /nothing to compare base with/],
  ['base against base with a head', { isSelfCheck: true, head: { url: HERE } }, /there is no head/],
  ['one service on both sides', { ...base(HERE), head: { url: HERE } }, /the same service/],
  ['one address with one command', { ...base(HERE), head: { url: HERE, command: 'x' } }, /the same service/],
  ['a command without an address', { head: { command: 'npm start' } }, /--head-start needs an address/],
  [
    'a folder without a command',
    { ...base(HERE), head: { url: 'http://127.0.0.1:9', folder: '.' } },
    /--head-dir has no meaning/,
  ],
  ['an address that is none', { ...base(HERE), head: { url: 'localhost' } }, /BASE_URL|not a/],
  ['a profile beside an address', { ...base(HERE), isSelfCheck: true, backendProfile: 'report' }, /--backend-profile/],
  ['runs that may be cut short', { isSelfCheck: true, abortOnFailAfterSeconds: 10 }, /--abort-on-fail/],
  ['a scenario that there is not', { isSelfCheck: true, scenario: 'nope' }, /nope/],
  [
    'an output that cannot be written',
    { isSelfCheck: true, outputs: { ...REQUEST.outputs, junitFile: '/nowhere/x.xml' } },
    /cannot be written/,
  ],
])('%s is refused before anything is sent', async (_, changes, message) => {
  const request = { ...REQUEST, resultsFolder: temporaryFolder(), ...changes };
  const terminal = { print: () => {}, say: () => {}, hasColour: false };
  await expect(ab(request, terminal)).rejects.toThrow(message);
});
