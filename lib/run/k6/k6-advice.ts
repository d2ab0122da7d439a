import path from 'node:path';
import { shownPath } from '../../files/shown-path.ts';
import { K6_MODULE_FOLDER } from '../installation.ts';

/** What to do about words of k6 on a script that it does not load, where it does not say so itself. */
export function adviceOn(words: string): string | undefined {
  const extensions = [...words.matchAll(/k6\/x\/[\w./-]*\w/g)].map(([name]) => name);
  if (extensions.length > 0 && /unknown modules?/.test(words)) return buildIn([...new Set(extensions)].join(', '));
  return ADVICE.find(([said]) => said.test(words))?.[1];
}

const ADVICE: readonly (readonly [said: RegExp, advice: string])[] = [
  [/unknown modules?/, 'correct the name of the module in the import'],
  [
    /no exported functions|function '[^']*' not found in exports/,
    'export a default function, or those that its scenarios name (exec)',
  ],
  [/couldn't be found on local disk/, 'correct the path in the import, from the file that has it'],
  [
    /unknown (shorthand )?flag/,
    'correct what follows --, which goes to k6 as it is; options of k6-verdict stand before it',
  ],
];

function buildIn(extensions: string): string {
  const guide = shownPath(path.join(K6_MODULE_FOLDER, 'README.md'));
  return `build ${extensions} into the k6 of k6-verdict: ${guide} says how ("A k6 with extensions"); k6-verdict never asks a server on the internet for another k6`;
}
